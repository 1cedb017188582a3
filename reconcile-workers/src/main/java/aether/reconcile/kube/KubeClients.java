package aether.reconcile.kube;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;

/** Makes clients that give up soon: the worker loop is what tries again. */
final class KubeClients {

    private static final Duration CONNECT = Duration.ofSeconds(3);
    private static final Duration REQUEST = Duration.ofSeconds(10);
    /** One repeat hides a connection that the other side has closed; everything longer is the loop's. */
    private static final int RETRIES = 1;

    private static final int RETRY_INTERVAL_MILLIS = 50;

    /** One for all: each of its own would look at every class again that it reads and writes. */
    private static final KubernetesSerialization PLAIN = new KubernetesSerialization();

    private KubeClients() {}

    static KubernetesClient management(KubeSettings settings) {
        return management(settings, PLAIN);
    }

    static KubernetesClient management(KubeSettings settings, KubernetesSerialization serialization) {
        boolean fromEnvironment = settings.url().isEmpty();
        ConfigBuilder config = bounded(fromEnvironment ? Config.autoConfigure(null) : Config.empty());
        settings.url().ifPresent(config::withMasterUrl);
        settings.token().ifPresent(config::withOauthToken);
        settings.authority().ifPresent(pem -> config.withCaCertData(base64(pem)));
        return client(config.build(), serialization);
    }

    static KubernetesClient tenant(TenantAccess access) {
        return client(
                bounded(Config.empty())
                        .withMasterUrl("https://" + access.address())
                        .withCaCertData(base64(access.authority()))
                        .withClientCertData(base64(access.certificate()))
                        .withClientKeyData(base64(access.key()))
                        .withClientKeyAlgo(access.key().contains("RSA PRIVATE") ? "RSA" : "EC")
                        .build(),
                PLAIN);
    }

    private static ConfigBuilder bounded(Config base) {
        return new ConfigBuilder(base)
                .withConnectionTimeout((int) CONNECT.toMillis())
                .withRequestTimeout((int) REQUEST.toMillis())
                .withRequestRetryBackoffLimit(RETRIES)
                .withRequestRetryBackoffInterval(RETRY_INTERVAL_MILLIS);
    }

    private static KubernetesClient client(Config config, KubernetesSerialization serialization) {
        return new KubernetesClientBuilder()
                .withConfig(config)
                .withKubernetesSerialization(serialization)
                .build();
    }

    private static String base64(String pem) {
        return Base64.getEncoder().encodeToString(pem.getBytes(StandardCharsets.UTF_8));
    }
}
