package aether.reconcile.kube;

import static org.assertj.core.api.Assertions.assertThat;

import aether.reconcile.render.Rendered;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/** Compares with files under {@code src/test/resources/golden}; {@code -Dgolden.write=true} writes them. */
public final class Golden {

    private static final Path DIRECTORY = Path.of("src/test/resources/golden");

    private Golden() {}

    /** Compares objects as YAML. */
    public static void assertSame(String name, List<Rendered> objects) throws IOException {
        KubernetesSerialization yaml = new KubernetesSerialization();
        assertSame(
                name + ".yaml",
                objects.stream().map(object -> yaml.asYaml(object.json())).collect(Collectors.joining()));
    }

    /** Compares a text. */
    public static void assertSame(String file, String text) throws IOException {
        Path golden = DIRECTORY.resolve(file);
        if (Boolean.getBoolean("golden.write")) {
            Files.writeString(golden, text);
        }
        assertThat(text).isEqualTo(Files.readString(golden));
    }
}
