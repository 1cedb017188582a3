package aether.reconcile.kube;

import static org.assertj.core.api.Assertions.assertThat;

import aether.reconcile.render.ObjectRef;
import aether.reconcile.render.ResourceKind;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

class ObjectShelfTest {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final ObjectRef A = new ObjectRef(ResourceKind.CONFIG_MAP, "one", "a");
    private static final Map<String, String> OURS = Map.of("mine", "yes");

    private final ObjectShelf shelf = new ObjectShelf(1_000);

    private static ObjectNode object(String name, String uid, String version, int filling) {
        ObjectNode object = JSON.createObjectNode();
        ObjectNode metadata = object.putObject("metadata");
        metadata.put("namespace", "one").put("name", name).put("uid", uid).put("resourceVersion", version);
        metadata.putObject("labels").put("mine", "yes");
        metadata.putArray("managedFields").addObject().put("manager", "somebody");
        object.putObject("data").put("x", "x".repeat(filling));
        return object;
    }

    private String version(String name) {
        return shelf.find(new ObjectRef(ResourceKind.CONFIG_MAP, "one", name))
                .map(found -> found.at("/metadata/resourceVersion").asString())
                .orElse("none");
    }

    @Test
    void aWatchThatIsLateTakesNothingBack() {
        shelf.put(ResourceKind.CONFIG_MAP, object("a", "1", "9", 1));
        shelf.put(ResourceKind.CONFIG_MAP, object("a", "1", "10", 1));
        shelf.put(ResourceKind.CONFIG_MAP, object("a", "1", "8", 1));
        assertThat(version("a")).isEqualTo("10");

        shelf.put(ResourceKind.CONFIG_MAP, object("a", "2", "12", 1));
        shelf.remove(A, "1");
        assertThat(version("a")).isEqualTo("12");
        shelf.remove(A, "2");
        assertThat(shelf.knows(A)).isFalse();
        assertThat(shelf.used()).isZero();
    }

    @Test
    void anAnswerThatIsLateBringsNothingBack() {
        shelf.put(ResourceKind.CONFIG_MAP, object("a", "1", "9", 1));
        shelf.remove(A, "1");
        shelf.put(ResourceKind.CONFIG_MAP, object("a", "1", "9", 1));
        assertThat(shelf.knows(A)).isFalse();

        shelf.put(ResourceKind.CONFIG_MAP, object("a", "1", "12", 1));
        assertThat(version("a")).as("it has its label again").isEqualTo("12");
    }

    @Test
    void beyondItsRoomItKnowsThatSomethingIsThereButNotWhat() {
        shelf.put(ResourceKind.CONFIG_MAP, object("a", "1", "1", 400));
        shelf.put(ResourceKind.CONFIG_MAP, object("b", "2", "2", 400));
        assertThat(shelf.list(ResourceKind.CONFIG_MAP, "one", OURS)).isEmpty();
        assertThat(shelf.knows(A)).isTrue();
        assertThat(shelf.find(A)).isEmpty();
        assertThat(shelf.used()).isLessThanOrEqualTo(1_000);

        shelf.remove(A, "1");
        assertThat(shelf.list(ResourceKind.CONFIG_MAP, "one", OURS).orElseThrow())
                .hasSize(1);
        assertThat(shelf.list(ResourceKind.CONFIG_MAP, "one", Map.of("mine", "no"))
                        .orElseThrow())
                .isEmpty();
        assertThat(shelf.list(ResourceKind.CONFIG_MAP, "two", OURS).orElseThrow())
                .isEmpty();
    }

    @Test
    void itTellsWhatItHasInThisVeryVersionFromNews() {
        assertThat(shelf.put(ResourceKind.CONFIG_MAP, object("a", "1", "9", 1))).isTrue();
        assertThat(shelf.put(ResourceKind.CONFIG_MAP, object("a", "1", "9", 1))).isFalse();
        assertThat(shelf.put(ResourceKind.CONFIG_MAP, object("a", "1", "8", 1))).isTrue(); // late, but not ours
        assertThat(shelf.put(ResourceKind.CONFIG_MAP, object("a", "1", "10", 1)))
                .isTrue();
        assertThat(shelf.put(ResourceKind.CONFIG_MAP, object("b", "2", "opaque", 1)))
                .isTrue();
        assertThat(shelf.put(ResourceKind.CONFIG_MAP, object("b", "2", "opaque", 1)))
                .isTrue();
    }

    @Test
    void whatLostItsContentIsFilledByTheSameVersion() {
        shelf.put(ResourceKind.CONFIG_MAP, object("a", "1", "1", 400));
        shelf.put(ResourceKind.CONFIG_MAP, object("b", "2", "2", 400));
        assertThat(shelf.find(A)).isEmpty();
        assertThat(shelf.put(ResourceKind.CONFIG_MAP, object("a", "1", "1", 400)))
                .isTrue();
        assertThat(shelf.find(A)).isPresent();
    }

    @Test
    void whatWasTouchedLastIsThereAsATreeAndAlwaysTheNewestOne() {
        ObjectShelf large = new ObjectShelf(24 * 1_000);
        large.put(ResourceKind.CONFIG_MAP, object("a", "1", "1", 400));
        JsonNode first = large.find(A).orElseThrow();
        assertThat(large.find(A).orElseThrow()).isSameAs(first);
        assertThat(large.list(ResourceKind.CONFIG_MAP, "one", OURS).orElseThrow())
                .first()
                .isSameAs(first);

        large.put(ResourceKind.CONFIG_MAP, object("b", "2", "2", 400));
        large.put(ResourceKind.CONFIG_MAP, object("c", "3", "3", 400));
        JsonNode again = large.find(A).orElseThrow(); // there is room for the trees of two
        assertThat(again).isNotSameAs(first).isEqualTo(first);

        large.put(ResourceKind.CONFIG_MAP, object("a", "1", "4", 1));
        assertThat(large.find(A).orElseThrow().at("/data/x").asString()).isEqualTo("x");
        large.remove(A, "1");
        assertThat(large.find(A)).isEmpty();
    }

    @Test
    void whoWroteWhichFieldIsLeftOut() {
        shelf.put(ResourceKind.CONFIG_MAP, object("a", "1", "1", 1));
        assertThat(shelf.find(A).orElseThrow().path("metadata").has("managedFields"))
                .isFalse();
    }
}
