package aether.reconcile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aether.reconcile.publicname.PublicNames;
import aether.reconcile.publicname.Solver;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

/** The settings as the how-to says them. */
class PublicNamingTest {

    private static PublicNames bound(Map<String, String> settings) {
        Map<String, String> named = new HashMap<>();
        settings.forEach((name, value) -> named.put("aether.workers.public-names." + name, value));
        return new Binder(new MapConfigurationPropertySource(named))
                .bind("aether.workers.public-names", PublicNaming.class)
                .get()
                .names();
    }

    @Test
    void dynamicUpdatesAreUnderstood() {
        PublicNames names = bound(Map.of(
                "base-domain", "clusters.example",
                "email", "ops@clusters.example",
                "rfc2136.nameserver", "192.0.2.53:53",
                "rfc2136.key-name", "aether",
                "rfc2136.algorithm", "HMACSHA256",
                "rfc2136.secret", "zone-key"));

        assertThat(names.solver()).isEqualTo(new Solver.Rfc2136("192.0.2.53:53", "aether", "HMACSHA256", "zone-key"));
        assertThat(names.server()).hasToString("https://acme-v02.api.letsencrypt.org/directory");
        assertThat(names.given("shop", "acme", "north")).isEqualTo("shop.acme.north.clusters.example");
    }

    @Test
    void aWebhookIsUnderstood() {
        PublicNames names = bound(Map.of(
                "base-domain", "clusters.example",
                "webhook.group-name", "acme.cloudflare.example",
                "webhook.solver-name", "cloudflare",
                "webhook.config.zone", "clusters.example"));

        assertThat(names.solver())
                .isEqualTo(new Solver.Webhook(
                        "acme.cloudflare.example", "cloudflare", Map.of("zone", "clusters.example")));
    }

    @Test
    void whatIsMissingIsNamed() {
        assertThatThrownBy(() -> bound(Map.of("base-domain", "clusters.example")))
                .hasStackTraceContaining("Expected one of aether.workers.public-names.rfc2136");
        assertThatThrownBy(() -> bound(Map.of("webhook.group-name", "a", "webhook.solver-name", "b")))
                .hasStackTraceContaining("base-domain");
    }
}
