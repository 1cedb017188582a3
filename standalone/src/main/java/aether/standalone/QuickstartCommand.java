package aether.standalone;

import aether.archive.verify.ArchiveVerifier;
import aether.archive.verify.VerificationReport;
import aether.domain.kernel.KubernetesVersion;
import aether.embedded.kubernetes.KubernetesBinaries;
import aether.standalone.platform.Platform;
import aether.standalone.platform.PlatformFailure;
import aether.standalone.show.ConsoleStages;
import aether.standalone.show.TenantLife;
import aether.standalone.show.Terminal;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Starts everything, brings one tenant to life and proves it. */
@Command(
        name = "quickstart",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Starts the whole platform in one process, applies examples/tenant.yaml, shows the tenant come to "
                    + "life, and verifies the audit log of it.",
            "Ends by itself. Run it again on the same directory and it finds everything done."
        },
        footer = {
            "",
            "Examples:",
            "  aether quickstart",
            "  aether quickstart --data-dir /tmp/aether --port 8080",
            "",
            "Exit codes: 0 the tenant runs and the log verifies; 1 a stage failed, and a sentence says which and why."
        })
final class QuickstartCommand implements Callable<Integer> {

    /** A slow machine under load needs a minute; something that takes longer will not come. */
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private static final Duration POLL = Duration.ofMillis(50);

    @Mixin
    private PlatformOptions options = new PlatformOptions();

    /** What kubectl answered, where there is one and a real API server to ask. */
    private List<String> namespaces = List.of();

    @Override
    public Integer call() throws InterruptedException {
        PrintStream out = System.out;
        long begun = System.nanoTime();
        try (ConsoleStages stages = new ConsoleStages(out, Terminal.canOverwrite(System.getenv()))) {
            options.logToFile();
            out.println("Aether quickstart: one tenant, from manifest to sealed audit log.");
            out.println("Everything is kept in " + options.directory().root());
            stages.heading("Starting the platform");
            try (Platform platform = Platform.start(options.settings(), stages)) {
                Life life = live(platform, stages);
                stages.rest();
                summarize(out, platform, life, Duration.ofNanos(System.nanoTime() - begun));
                return 0;
            }
        } catch (PlatformFailure e) {
            return failed("stage '" + e.stage() + "' failed", e.sentence());
        } catch (TenantLife.NotAlive e) {
            return failed("the tenant did not come to life", e.sentence());
        } catch (IOException e) {
            return failed("a file could not be written", String.valueOf(e.getMessage()));
        }
    }

    /** What there is to say at the end. */
    private record Life(TenantLife.Applied applied, Path kubeconfig, VerificationReport report) {}

    private Life live(Platform platform, ConsoleStages stages)
            throws IOException, InterruptedException, TenantLife.NotAlive {
        Instant giveUp = Instant.now().plus(PATIENCE);
        String token =
                Files.readString(platform.directory().administratorToken()).strip();
        TenantLife tenant = new TenantLife(platform.address(), token, stages);
        Optional<KubernetesVersion> version = QuickstartVersion.of(platform.directory(), options.settings());
        stages.heading("Applying examples/tenant.yaml"
                + version.map(found -> ", with k8s_version " + found).orElse(""));
        String manifest = new String(manifest(), StandardCharsets.UTF_8);
        TenantLife.Applied applied = tenant.apply(
                version.map(found -> QuickstartVersion.into(manifest, found))
                        .orElse(manifest)
                        .getBytes(StandardCharsets.UTF_8),
                giveUp);
        tenant.untilRunning(applied, giveUp);
        Path kubeconfig = platform.directory().root().resolve("kubeconfig");
        writeSecret(kubeconfig, tenant.kubeconfig(applied, giveUp));
        KubernetesBinaries binaries = options.settings().binaries();
        if (version.isPresent() && binaries != null) {
            namespaces = KubectlProof.namespaces(binaries, kubeconfig, giveUp);
        }
        stages.heading("Sealing what happened");
        return new Life(applied, kubeconfig, sealed(platform, stages, giveUp));
    }

    private static VerificationReport sealed(Platform platform, ConsoleStages stages, Instant giveUp)
            throws IOException, InterruptedException, TenantLife.NotAlive {
        long begun = System.nanoTime();
        stages.begun("audit log verified");
        long head = platform.logHead();
        while (platform.publishedSize() <= head) {
            if (Instant.now().isAfter(giveUp)) {
                throw new PlatformFailure(
                        "audit archive",
                        "Expected the archive to hold position " + head + ", but "
                                + platform.archiveStatus().message(),
                        null);
            }
            Thread.sleep(POLL);
        }
        platform.keepAuditKey();
        VerificationReport report = verified(platform);
        stages.done("audit log verified", Duration.ofNanos(System.nanoTime() - begun));
        return report;
    }

    /** Reads the archive as a stranger would: what is published there, not what the archiver remembers. */
    private static VerificationReport verified(Platform platform) throws IOException {
        VerificationReport report = ArchiveVerifier.verify(
                platform.directory().archive(), Optional.of(platform.directory().auditKey()));
        if (!report.isIntact()) {
            throw new PlatformFailure(
                    "audit archive", report.verdict() + " " + report.sentences().getFirst(), null);
        }
        return report;
    }

    private static byte[] manifest() throws IOException {
        try (InputStream manifest = QuickstartCommand.class.getResourceAsStream("/examples/tenant.yaml")) {
            if (manifest == null) {
                throw new IOException("Expected examples/tenant.yaml in the build, but it is not there.");
            }
            return manifest.readAllBytes();
        }
    }

    private static void writeSecret(Path file, String text) throws IOException {
        Files.deleteIfExists(file);
        Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(file, text, StandardOpenOption.WRITE);
    }

    private void summarize(PrintStream out, Platform platform, Life life, Duration took) {
        Path root = platform.directory().root();
        out.println();
        out.printf(
                "Cluster %s is running, %.1f s after the start.%n",
                life.applied().clusterName(), took.toMillis() / 1000.0);
        out.println("  kubeconfig   " + life.kubeconfig());
        if (!namespaces.isEmpty()) {
            out.println("  kubectl get namespaces --kubeconfig " + life.kubeconfig() + " answers:");
            namespaces.forEach(line -> out.println("    " + line));
        }
        out.println("  audit log    " + life.report().entries() + " entries verified, root "
                + life.report().root());
        out.println("  archive      " + platform.directory().archive());
        out.println();
        out.println("Real here:");
        platform.parts().stream()
                .filter(part -> part.real())
                .forEach(part -> out.println("  " + part.name() + ": " + part.description()));
        out.println("Simulated here:");
        platform.parts().stream()
                .filter(part -> !part.real())
                .forEach(part -> out.println("  " + part.name() + ": " + part.description()));
        out.println();
        out.println("Next:");
        out.println("  ./aether up --data-dir " + root + "   (keeps it running, with the tenant in it)");
        out.println("  ./aether describe cluster demo   (in another terminal, while it is up)");
        out.println("  ./aether audit verify --archive " + platform.directory().archive() + " --key "
                + platform.directory().auditKey());
    }

    private int failed(String what, String sentence) {
        System.err.println();
        System.err.println("aether quickstart: " + what + ": " + sentence);
        System.err.println("What it did is in " + options.directory().log());
        return 1;
    }
}
