package aether.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FaultsTest {
    private static final String MAPS = "/api/v1/namespaces/default/configmaps";
    private static final String BODY = "{\"metadata\":{\"name\":\"one\"}}";

    @TempDir
    Path directory;

    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-11-24T12:00:00Z"));
    private Sandbox sandbox;
    private Calls calls;

    private SandboxSettings settings() {
        return new SandboxSettings(directory, 0, now::get, new Random(2), SandboxTimings.IMMEDIATE);
    }

    @BeforeEach
    void start() throws IOException {
        sandbox = Sandbox.start(settings());
        calls = new Calls(sandbox.url(), sandbox.token());
    }

    @AfterEach
    void stop() throws IOException {
        sandbox.close();
    }

    @Test
    void failsBeforeTheEffect() {
        calls.send(
                "POST",
                "/sandbox/faults",
                "{\"target\":\"kubernetes\",\"fault\":\"fail_next\",\"verb\":\"create\",\"times\":1}");

        assertThat(calls.send("POST", MAPS, BODY).status()).isEqualTo(500);
        assertThat(calls.get(MAPS + "/one").status()).isEqualTo(404);
        assertThat(calls.send("POST", MAPS, BODY).status()).isEqualTo(201);
    }

    @Test
    void whatIsNotJsonIsRefusedAndSaysWhatIs() {
        Calls.Reply reply = calls.call("POST", MAPS, "application/vnd.kubernetes.protobuf", "k8s");

        assertThat(reply.status()).isEqualTo(415);
        assertThat(reply.body().path("message").asString(""))
                .contains("application/vnd.kubernetes.protobuf", "kubectl apply");
        assertThat(calls.get(MAPS + "/one").status()).isEqualTo(404);
    }

    @Test
    void losesTheAnswerAfterTheEffect() {
        calls.send(
                "POST", "/sandbox/faults", "{\"target\":\"kubernetes\",\"fault\":\"lose_answer\",\"verb\":\"create\"}");

        assertThat(calls.send("POST", MAPS, BODY).status()).isZero();
        assertThat(calls.get(MAPS + "/one").status()).isEqualTo(200);
    }

    @Test
    void isUnavailableForAWhile() {
        sandbox.kubernetesFaults().unavailableFor(Duration.ofMinutes(1));

        assertThat(calls.get(MAPS).status()).isEqualTo(503);
        now.set(now.get().plusSeconds(61));
        assertThat(calls.get(MAPS).status()).isEqualTo(200);
    }

    @Test
    void countsWrites() {
        calls.send("POST", MAPS, BODY);
        calls.get(MAPS);

        assertThat(sandbox.kubernetesFaults().counts())
                .containsEntry("requests", 2L)
                .containsEntry("writes", 1L);
    }

    @Test
    void refusesADirectoryInUseWithASentence() {
        Assertions.assertThatThrownBy(() -> Sandbox.start(settings()).close())
                .isInstanceOf(IOException.class)
                .hasMessageContaining("another sandbox is using it");
    }

    @Test
    void keepsItsTokenToItself() throws IOException {
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(sandbox.tokenFile())))
                .isEqualTo("rw-------");
    }
}
