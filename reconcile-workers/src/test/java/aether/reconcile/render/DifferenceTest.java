package aether.reconcile.render;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ArrayNode;
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

    @Test
    void emptyTextIsLeftOutByTheServer() {
        Rendered wanted = Rendered.of(new ConfigMapBuilder()
                .withNewMetadata()
                .withName("settings")
                .endMetadata()
                .addToData("note", "")
                .build());
        ObjectNode there = wanted.json().deepCopy();
        there.withObject("data").remove("note");

        assertThat(Difference.between(wanted, there)).isEmpty();
    }

    private static final Rendered SERVICE = Rendered.of(new ServiceBuilder()
            .withNewMetadata()
            .withName("api")
            .endMetadata()
            .withNewSpec()
            .addNewPort()
            .withName("https")
            .withProtocol("TCP")
            .withPort(6443)
            .endPort()
            .endSpec()
            .build());

    @Test
    void anElementThatOthersAddToAListWithKeysIsTheirs() {
        ObjectNode there = SERVICE.json().deepCopy();
        ArrayNode ports = (ArrayNode) there.at("/spec/ports");
        ports.insertObject(0).put("name", "metrics").put("protocol", "TCP").put("port", 9090);

        assertThat(Difference.between(SERVICE, there)).isEmpty();
    }

    @Test
    void aChangedElementIsFoundByItsKeyAndItsChangerNamed() {
        ObjectNode there = SERVICE.json().deepCopy();
        ((ObjectNode) there.at("/spec/ports/0")).put("name", "plain");
        ObjectNode entry =
                there.withObject("metadata").putArray("managedFields").addObject();
        entry.put("manager", "kubectl-edit")
                .putObject("fieldsV1")
                .putObject("f:spec")
                .putObject("f:ports")
                .putObject("k:{\"port\":6443,\"protocol\":\"TCP\"}")
                .putObject("f:name");

        assertThat(Difference.between(SERVICE, there))
                .contains(new Difference(Difference.Kind.DRIFTED, "spec.ports[6443].name was changed by kubectl-edit"));
    }

    @Test
    void ourOwnFieldsAreNobodyElses() {
        ObjectNode there = there(object -> object.withObject("data").put("size", "7"));
        there.withObject("metadata")
                .putArray("managedFields")
                .addObject()
                .put("manager", "aether")
                .putObject("fieldsV1")
                .putObject("f:data")
                .putObject("f:size");

        assertThat(Difference.between(WANTED, there))
                .contains(new Difference(Difference.Kind.DRIFTED, "data.size was changed"));
    }
}
