package aether.standalone;

import aether.embedded.kubernetes.KubernetesBinaries;
import aether.standalone.platform.PlatformFailure;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Asks with somebody else's client whether the kubeconfig is good for anything. */
final class KubectlProof {

    private static final Duration BOUND = Duration.ofSeconds(30);

    private KubectlProof() {}

    /**
     * The lines of {@code kubectl get namespaces}; none where this machine has no kubectl.
     *
     * @throws PlatformFailure when kubectl does not get an answer in time
     */
    static List<String> namespaces(KubernetesBinaries binaries, Path kubeconfig, Instant giveUp)
            throws IOException, InterruptedException {
        Path kubectl = binaries.program(KubernetesBinaries.KUBECTL).orElse(null);
        if (kubectl == null) {
            return List.of();
        }
        String said;
        do {
            Process process = new ProcessBuilder(
                            kubectl.toString(), "get", "namespaces", "--kubeconfig", kubeconfig.toString())
                    .redirectErrorStream(true)
                    .start();
            said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor(BOUND.toSeconds(), TimeUnit.SECONDS) && process.exitValue() == 0) {
                return said.lines().toList();
            }
            process.destroyForcibly();
        } while (Instant.now().isBefore(giveUp));
        throw new PlatformFailure("kubectl", "Expected kubectl to be answered, but it said: " + said.strip(), null);
    }
}
