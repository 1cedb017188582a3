package aether.sandbox.kubernetes;

import aether.embedded.kubernetes.LocalKubernetes;
import aether.embedded.kubernetes.TestKubernetes;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;

/** The contract, asked of a real API server: whatever the sandbox is tested for, this is where it comes from. */
@Tag("slow")
class RealContractTest extends KubernetesContract {

    @BeforeAll
    static void start() {
        TestKubernetes.assumePresent();
    }

    @Override
    KubernetesClient connect(String token) {
        LocalKubernetes real = TestKubernetes.server();
        return new KubernetesClientBuilder()
                .withConfig(config(real.url(), token.isEmpty() ? real.token() : token, real.authority()))
                .build();
    }
}
