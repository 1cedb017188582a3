package aether.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import aether.sandbox.journal.Json;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The sandbox as a process of its own, ended by SIGKILL. */
class ProcessKillTest {
    @TempDir
    Path directory;

    private Process launch() throws IOException {
        Files.deleteIfExists(directory.resolve("endpoint.json"));
        ProcessBuilder builder = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                "-Xmx128m",
                SandboxApplication.class.getName());
        builder.environment().put("AETHER_SANDBOX_DATA", directory.toString());
        return builder.redirectErrorStream(true)
                .redirectOutput(directory.resolve("log").toFile())
                .start();
    }

    private Calls calls() {
        Path endpoint = directory.resolve("endpoint.json");
        Calls.await("an endpoint", () -> Files.exists(endpoint));
        try {
            String url = Json.text(Json.parse(Files.readAllBytes(endpoint)), "url");
            return new Calls(
                    URI.create(url),
                    Files.readString(directory.resolve("token")).strip());
        } catch (IOException unreadable) {
            throw new AssertionError(unreadable);
        }
    }

    @Test
    void remembersEverythingItHasAcknowledged() throws Exception {
        Process first = launch();
        String path = "/api/v1/namespaces/default/configmaps";
        int acknowledged = 0;
        try {
            Calls calls = calls();
            for (int i = 0; i < 50; i++) {
                int status = calls.send("POST", path, "{\"metadata\":{\"name\":\"m%d\"}}".formatted(i))
                        .status();
                acknowledged += status == 201 ? 1 : 0;
            }
            calls.send("POST", "/hypervisor/vms", "{\"vmid\":100,\"name\":\"a\"}");
        } finally {
            first.destroyForcibly();
            assertThat(first.waitFor(30, TimeUnit.SECONDS)).isTrue();
        }
        Process second = launch();
        try {
            Calls calls = calls();
            assertThat(acknowledged).isEqualTo(50);
            assertThat(calls.get(path).body().path("items")).hasSize(50);
            Calls.await(
                    "the resumed clone",
                    () -> Json.text(calls.get("/hypervisor/vms/100").body(), "status")
                            .equals("stopped"));
            assertThat(calls.get("/sandbox/inventory").body().path("doubles")).isEmpty();
        } finally {
            second.destroyForcibly();
            assertThat(second.waitFor(30, TimeUnit.SECONDS)).isTrue();
        }
    }
}
