package aether.command.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import aether.domain.nodepool.PoolLimits;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** The schemas say what the rules say. */
class DefinitionsTest {

    private static @Nullable Object at(@Nullable Object tree, String... path) {
        Object node = tree;
        for (String name : path) {
            if (node instanceof Map<?, ?> map) {
                node = map.get(name);
            } else if (node instanceof List<?> list) {
                node = list.get(Integer.parseInt(name));
            } else {
                throw new AssertionError("nothing at " + name);
            }
        }
        return node;
    }

    private static Object definition(ResourceType type) throws IOException {
        String text = Files.readString(Path.of("..", "k8s", "crds", type.definition()));
        return new Load(LoadSettings.builder().build()).loadFromString(text);
    }

    private static @Nullable Object field(String name, String bound) throws IOException {
        return at(
                definition(ResourceType.NODE_POOL),
                "spec",
                "versions",
                "0",
                "schema",
                "openAPIV3Schema",
                "properties",
                "spec",
                "properties",
                name,
                bound);
    }

    @ParameterizedTest
    @EnumSource(ResourceType.class)
    void areOfTheTypesThatTheGatewayReads(ResourceType type) throws IOException {
        Object definition = definition(type);

        assertThat(at(definition, "spec", "group")).isEqualTo(ResourceType.GROUP);
        assertThat(at(definition, "spec", "names", "kind")).isEqualTo(type.kind());
        assertThat(at(definition, "spec", "names", "plural"))
                .isEqualTo(type.context().getPlural());
        assertThat(at(definition, "spec", "versions", "0", "name"))
                .isEqualTo(type.context().getVersion());
        assertThat(at(definition, "spec", "versions", "0", "subresources"))
                .isInstanceOf(Map.class)
                .extracting(subresources -> ((Map<?, ?>) subresources).containsKey("status"))
                .isEqualTo(true);
        assertThat(Definitions.class.getResource(type.definition()))
                .as("on the class path")
                .isNotNull();
    }

    @Test
    void boundWhatTheRulesBound() throws IOException {
        assertThat(field("nodeCount", "maximum")).isEqualTo(PoolLimits.MAX_NODES);
        assertThat(field("maxNodes", "maximum")).isEqualTo(PoolLimits.MAX_NODES);
        assertThat(field("minNodes", "maximum")).isEqualTo(PoolLimits.MAX_NODES);
        assertThat(field("vcpus", "maximum")).isEqualTo(PoolLimits.MAX_VCPUS);
        assertThat(field("memoryGb", "maximum")).isEqualTo(PoolLimits.MAX_MEMORY_GB);
        assertThat(field("diskGb", "minimum")).isEqualTo(PoolLimits.MIN_DISK_GB);
        assertThat(field("diskGb", "maximum")).isEqualTo(PoolLimits.MAX_DISK_GB);
    }
}
