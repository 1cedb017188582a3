package aether.embedded.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CacheDirectoryTest {

    @TempDir
    private Path root;

    @Test
    void takesTheMostParticularWish() {
        String own = root.resolve("own").toString();
        String shared = root.resolve("shared").toString();
        assertThat(of(Map.of("AETHER_CACHE", own, "XDG_CACHE_HOME", shared))).isEqualTo(root.resolve("own"));
        assertThat(of(Map.of("XDG_CACHE_HOME", shared))).isEqualTo(root.resolve("shared/aether"));
        assertThat(of(Map.of())).isEqualTo(root.resolve("home/.cache/aether"));
    }

    @Test
    void fallsBackWhenTheHomeCannotBeWritten() throws IOException {
        Path file = Files.createFile(root.resolve("not-a-directory"));
        assertThat(of(Map.of("AETHER_CACHE", file.resolve("below").toString()))).isEqualTo(root.resolve("fallback"));
    }

    private Path of(Map<String, String> environment) {
        return CacheDirectory.of(environment, root.resolve("home"), root.resolve("fallback"));
    }
}
