package aether.sandbox.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import aether.sandbox.Sandbox;
import aether.sandbox.SandboxSettings;
import aether.sandbox.SandboxTimings;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** The contract, kept by the sandbox. */
@TestInstance(TestInstance.Lifecycle.PER_METHOD)
class SandboxContractTest extends KubernetesContract {

    private static Sandbox sandbox;

    @BeforeAll
    static void start(@TempDir Path directory) throws IOException {
        sandbox = Sandbox.start(
                new SandboxSettings(directory, 0, InstantSource.system(), new Random(7), SandboxTimings.IMMEDIATE));
    }

    @AfterAll
    static void stop() throws IOException {
        sandbox.close();
    }

    @Override
    KubernetesClient connect(String token) {
        return connect(sandbox, token);
    }

    static KubernetesClient connect(Sandbox sandbox, String token) {
        return new KubernetesClientBuilder()
                .withConfig(config(sandbox.url().toString(), token.isEmpty() ? sandbox.token() : token, ""))
                .build();
    }

    @Test
    void servesWhatACurrentVersionServes() {
        assertThat(client().supports("policy/v1", "PodDisruptionBudget")).isTrue();
        assertThat(client().supports("policy/v1beta1", "PodDisruptionBudget")).isFalse();
    }
}
