package aether.embedded.kubernetes;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/**
 * One real API server per test JVM, shared by all test classes, with what cert-manager brings: its namespace and its
 * custom resources.
 */
public final class TestKubernetes {

    private TestKubernetes() {}

    private static final class Shared {
        static final LocalKubernetes SERVER = begin();
    }

    /** Skips the test, with a reason, where this machine has no binaries. */
    public static void assumePresent() {
        Assumptions.assumeTrue(KubernetesBinaries.find().isPresent(), KubernetesBinaries.MISSING);
    }

    /** The shared server; stop or kill one of your own instead of this one. */
    public static LocalKubernetes server() {
        return Shared.SERVER;
    }

    private static LocalKubernetes begin() {
        try {
            Path directory = Files.createTempDirectory("aether-test-kubernetes-");
            LocalKubernetes server =
                    LocalKubernetes.start(KubernetesBinaries.find().orElseThrow(), directory);
            Runtime.getRuntime().addShutdownHook(new Thread(() -> end(server, directory)));
            CertManagerResources.install(server);
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void end(LocalKubernetes server, Path directory) {
        server.close();
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
