package aether.projection;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Texts that are to stay as they are; {@code -Dgolden.write=true} writes them anew. */
public final class Goldens {

    private static final Path RESOURCES = Path.of("src/test/resources/aether/projection");

    private Goldens() {}

    /** Fails when a text differs from the kept one. */
    public static void assertKept(String name, String text) {
        Path kept = RESOURCES.resolve(name);
        try {
            if (Boolean.getBoolean("golden.write")) {
                Files.writeString(kept, text);
            }
            assertThat(text).isEqualTo(Files.readString(kept));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
