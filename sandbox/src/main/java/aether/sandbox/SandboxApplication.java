package aether.sandbox;

import aether.embedded.kubernetes.KubernetesBinaries;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Map;

/**
 * The sandbox as a process of its own: {@code AETHER_SANDBOX_DATA} (required) and {@code AETHER_SANDBOX_PORT} (default:
 * any). Where {@code KUBEBUILDER_ASSETS} or the user's cache has Kubernetes binaries, control planes of their version
 * run as processes.
 */
public final class SandboxApplication {
    private static final int BAD_SETTINGS = 2;
    private static final int CANNOT_START = 1;

    private SandboxApplication() {}

    /** Runs until it is told to stop. */
    public static void main(String[] arguments) throws InterruptedException {
        SandboxSettings settings;
        try {
            settings = settings(System.getenv());
        } catch (IllegalArgumentException wrong) {
            System.err.println(wrong.getMessage());
            System.exit(BAD_SETTINGS);
            return;
        }
        try {
            Sandbox sandbox = Sandbox.start(settings);
            Runtime.getRuntime().addShutdownHook(new Thread(() -> close(sandbox)));
            System.out.println("sandbox listens on " + sandbox.url() + ", token in " + sandbox.tokenFile());
        } catch (IOException failed) {
            System.err.println(failed.getMessage());
            System.exit(CANNOT_START);
            return;
        }
        Thread.currentThread().join();
    }

    static SandboxSettings settings(Map<String, String> environment) {
        String data = environment.getOrDefault("AETHER_SANDBOX_DATA", "");
        String port = environment.getOrDefault("AETHER_SANDBOX_PORT", "0");
        if (data.isBlank()) {
            throw new IllegalArgumentException("Expected AETHER_SANDBOX_DATA to name a directory, but it is not set");
        }
        if (!port.matches("[0-9]{1,5}")) {
            throw new IllegalArgumentException("Expected AETHER_SANDBOX_PORT to be a port, but it is " + port);
        }
        SandboxSettings settings = SandboxSettings.in(Path.of(data), Integer.parseInt(port));
        return KubernetesBinaries.find().map(settings::with).orElse(settings);
    }

    private static void close(Sandbox sandbox) {
        try {
            sandbox.close();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
