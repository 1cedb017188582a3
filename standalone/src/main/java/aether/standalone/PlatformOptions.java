package aether.standalone;

import aether.archive.cosign.CosignSettings;
import aether.archive.policy.WitnessPolicy;
import aether.command.strict.ActionClass;
import aether.command.strict.StrictSettings;
import aether.embedded.kubernetes.KubernetesBinaries;
import aether.standalone.platform.DataDirectory;
import aether.standalone.platform.PlatformSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.slf4j.bridge.SLF4JBridgeHandler;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** The options of every command that runs a platform. */
final class PlatformOptions {

    @Option(
            names = "--data-dir",
            paramLabel = "DIR",
            description = "Where everything is kept. Default: ~/.local/share/aether")
    private Path dataDirectory = Path.of(System.getProperty("user.home"), ".local", "share", "aether");

    @Option(
            names = "--port",
            paramLabel = "N",
            description = "The API's port on 127.0.0.1; 0 takes a free one and remembers it. Default: ${DEFAULT-VALUE}")
    private int port = 8080;

    @Option(
            names = "--simulate",
            description = {
                "Simulate every tenant control plane, also where this machine has Kubernetes binaries",
                "($KUBEBUILDER_ASSETS or ~/.cache/aether-test-assets) to run them with."
            })
    private boolean simulate;

    @Option(
            names = "--strict",
            paramLabel = "CLASS",
            split = ",",
            description = {
                "Answer these only when their entry in the audit trail is sealed, with the proof: secret-reads, deletes,",
                "forgetting, audit-access, changes (manifests and every other command)."
            })
    private List<String> strict = List.of();

    @Option(
            names = "--witness-policy",
            paramLabel = "FILE",
            converter = WitnessFile.class,
            description = {
                "A witness policy (C2SP tlog-policy) with the addresses of witnesses, who are asked to cosign the audit",
                "log."
            })
    private CosignSettings witnesses = CosignSettings.NONE;

    DataDirectory directory() {
        return new DataDirectory(dataDirectory);
    }

    PlatformSettings settings() {
        return new PlatformSettings(
                directory(),
                port,
                simulate ? null : KubernetesBinaries.find().orElse(null),
                new StrictSettings(
                        strict.stream()
                                .map(word -> ActionClass.valueOf(
                                        word.toUpperCase(Locale.ROOT).replace('-', '_')))
                                .toList(),
                        StrictSettings.NONE.timeLimit(),
                        List.of()),
                witnesses);
    }

    /** Reads the policy while the command line is read, so that a wrong line is a wrong use. */
    private static final class WitnessFile implements ITypeConverter<CosignSettings> {
        @Override
        public CosignSettings convert(String file) {
            try {
                return CosignSettings.of(WitnessPolicy.read(Path.of(file)), CosignSettings.EVERY);
            } catch (IllegalArgumentException | IOException e) {
                throw new TypeConversionException(
                        e instanceof IOException ? "it cannot be read" : String.valueOf(e.getMessage()));
            }
        }
    }

    /** Has to come before the first logger is asked for. */
    void logToFile() {
        System.setProperty("aether.log.file", directory().log().toString());
        System.setProperty("org.springframework.boot.logging.LoggingSystem", "none");
        // Tomcat and the PostgreSQL driver log through java.util.logging; the console belongs to the person.
        SLF4JBridgeHandler.removeHandlersForRootLogger();
        SLF4JBridgeHandler.install();
    }
}
