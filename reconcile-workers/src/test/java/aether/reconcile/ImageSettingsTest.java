package aether.reconcile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aether.reconcile.render.Images;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

/** The names of the settings that the how-to shows, as Spring binds them. */
class ImageSettingsTest {

    private static final String DIGEST = "sha256:" + "ab".repeat(32);

    @TempDir
    Path directory;

    private static Images bound(Map<String, String> settings) {
        return new Binder(new MapConfigurationPropertySource(settings))
                .bindOrCreate("images", ReconcileWorkersSettings.ImageSource.class)
                .images();
    }

    @Test
    void theSettingsOfTheHowToAreUnderstood() throws IOException {
        Path table = Files.writeString(directory.resolve("digests"), "etcd:3.6.4-0 " + DIGEST + "\n");

        assertThat(bound(Map.of(
                        "images.registry",
                        "registry.example/kubernetes/",
                        "images.digests",
                        table.toString(),
                        "images.by-digest",
                        "required")))
                .isEqualTo(new Images("registry.example/kubernetes/", Map.of("etcd:3.6.4-0", DIGEST), true));
        assertThat(bound(Map.of())).isEqualTo(Images.DEFAULT);
    }

    @Test
    void aTableThatIsNotThereEndsTheStart() {
        assertThatThrownBy(() ->
                        bound(Map.of("images.digests", directory.resolve("none").toString())))
                .hasStackTraceContaining("Expected to read");
    }
}
