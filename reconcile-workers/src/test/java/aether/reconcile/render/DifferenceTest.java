package aether.reconcile.render;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

class DifferenceTest {

    private static final Rendered WANTED = Rendered.of(new ConfigMapBuilder()
            .withNewMetadata()
            .withNamespace("tenant-a")
            .withName("settings")
            .endMetadata()
            .addToData("size", "3")
            .build());

    private static ObjectNode there(Consumer<ObjectNode> change) {
        ObjectNode object = WANTED.json().deepCopy();
        change.accept(object);
        return object;
    }

    @Test
    void whatTheServerAndOthersAddIsNoDifference() {
        assertThat(Difference.between(WANTED, there(object -> {
                    object.withObject("metadata").put("resourceVersion", "5");
                    object.withObject("metadata").withObject("annotations").put("someone.else/note", "hello");
                    object.withObject("data").put("colour", "blue");
                })))
                .isEmpty();
    }

    @Test
    void aMissingObjectIsMissing() {
        assertThat(Difference.between(WANTED, null))
                .contains(new Difference(Difference.Kind.MISSING, "it was missing"));
    }

    @Test
    void anotherHashMeansThatTheWishHasChanged() {
        assertThat(Difference.between(
                        WANTED,
                        there(object -> object.withObject("metadata")
                                .withObject("annotations")
                                .put(Rendered.HASH, "older"))))
                .contains(new Difference(Difference.Kind.OUTDATED, "it was rendered anew"));
    }

    @Test
    void aChangedFieldUnderOurHashIsDriftAndNamed() {
        assertThat(Difference.between(
                        WANTED, there(object -> object.withObject("data").put("size", "7"))))
                .contains(new Difference(Difference.Kind.DRIFTED, "data.size was changed"));
        assertThat(Difference.between(
                        WANTED, there(object -> object.withObject("data").remove("size"))))
                .contains(new Difference(Difference.Kind.DRIFTED, "data.size was changed"));
    }
}
