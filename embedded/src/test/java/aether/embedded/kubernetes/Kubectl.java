package aether.embedded.kubernetes;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.regex.Pattern;

/** The kubectl of this machine: a client that is not ours. */
public record Kubectl(KubernetesBinaries binaries) {

    /** Far beyond what any step takes, so that only a hang reaches it. */
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private static final Duration POLL = Duration.ofMillis(200);

    /** Between two tries, as client libraries wait. */
    private static final Duration RETRY = Duration.ofMillis(500);

    /**
     * What is said when nobody has answered, or the one who did had nobody behind it; or by an API server of 1.20,
     * which can be probed by its port alone, before it has read who may do what.
     */
    private static final Pattern NO_ANSWER = Pattern.compile(
            "(?i)unable to connect|connection to the server|connection (refused|reset|lost)|timed out|timeout|\\bEOF\\b"
                    + "|deadline exceeded|unable to handle|leader changed|etcdserver:|not ready|try again|is forbidden");

    /** What it says, on both channels. */
    public String run(Path kubeconfig, String... arguments) {
        ProcessBuilder builder = new ProcessBuilder(
                        binaries.program(KubernetesBinaries.KUBECTL)
                                .orElseThrow()
                                .toString(),
                        "--kubeconfig=" + kubeconfig,
                        "--request-timeout=20s")
                .redirectErrorStream(true);
        builder.command().addAll(List.of(arguments));
        try {
            Process process = builder.start();
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                throw new AssertionError("Expected kubectl to end, but it only said " + said);
            }
            return said;
        } catch (IOException e) {
            throw new AssertionError(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    /** Asks as client libraries do: anew while nobody answers, for two minutes at most. What was answered then. */
    public String patiently(Path kubeconfig, String... arguments) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        String said = run(kubeconfig, arguments);
        while (NO_ANSWER.matcher(said).find() && System.nanoTime() < end) {
            LockSupport.parkNanos(RETRY.toNanos());
            said = run(kubeconfig, arguments);
        }
        return said;
    }

    /** A token of a service account, so that its role has to be enough. */
    public String token(Path kubeconfig, String namespace, String account) {
        String request = "{\"apiVersion\":\"authentication.k8s.io/v1\",\"kind\":\"TokenRequest\",\"spec\":{}}";
        String before = "\"token\":\"";
        try {
            Path file = Files.createTempFile("token-request", ".json");
            try {
                Files.writeString(file, request);
                String path = "/api/v1/namespaces/" + namespace + "/serviceaccounts/" + account + "/token";
                String answer = run(kubeconfig, "create", "--raw", path, "-f", file.toString());
                int start = answer.indexOf(before) + before.length();
                if (start < before.length()) {
                    throw new AssertionError("Expected a token of " + account + ", but kubectl said " + answer);
                }
                return answer.substring(start, answer.indexOf('"', start));
            } finally {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** Asks again until it says that. */
    public void await(Path kubeconfig, String wanted, String... arguments) {
        awaitTrue(wanted, () -> run(kubeconfig, arguments).contains(wanted));
    }

    public void awaitTrue(String what, BooleanSupplier condition) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > end) {
                throw new AssertionError("Expected " + what + " within " + PATIENCE + ", but it did not come");
            }
            try {
                Thread.sleep(POLL);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new AssertionError(e);
            }
        }
    }
}
