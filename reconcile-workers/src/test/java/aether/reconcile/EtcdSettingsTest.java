package aether.reconcile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aether.reconcile.render.EtcdUpkeep;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

/** The names of the settings that the how-to shows, as Spring binds them. */
class EtcdSettingsTest {

    private static Map<String, String> asTheHowToSays() {
        return new HashMap<>(Map.of(
                "etcd.defragmentation",
                "H 3 * * 6",
                "etcd.quota-bytes",
                "1073741824",
                "etcd.snapshots.image",
                "images.example/rclone@sha256:0",
                "etcd.snapshots.destination",
                "tenant-snapshots/north",
                "etcd.snapshots.remote.type",
                "s3",
                "etcd.snapshots.remote.env_auth",
                "true",
                "etcd.snapshots.networks",
                "192.0.2.0/28"));
    }

    private static EtcdUpkeep bound(Map<String, String> settings) {
        return new Binder(new MapConfigurationPropertySource(settings))
                .bindOrCreate("etcd", ReconcileWorkersSettings.Etcd.class)
                .upkeep();
    }

    @Test
    void theSettingsOfTheHowToAreUnderstood() {
        EtcdUpkeep upkeep = bound(asTheHowToSays());

        assertThat(upkeep.quotaBytes()).isEqualTo(1L << 30);
        assertThat(upkeep.metricsNamespace()).isEqualTo("monitoring");
        assertThat(upkeep.store()).hasValueSatisfying(store -> {
            assertThat(store.remote()).containsEntry("type", "s3").containsEntry("env_auth", "true");
            assertThat(store.networks()).containsExactly("192.0.2.0/28");
            assertThat(store.port()).isEqualTo(443);
        });
    }

    @Test
    void withoutAStoreThereAreNoSnapshots() {
        assertThat(bound(Map.of("etcd.quota-bytes", "1073741824")).store()).isEmpty();
    }

    @Test
    void whatIsMissingIsNamed() {
        Map<String, String> settings = asTheHowToSays();
        settings.remove("etcd.snapshots.image");

        assertThatThrownBy(() -> bound(settings)).hasStackTraceContaining("aether.workers.etcd.snapshots.image");
    }
}
