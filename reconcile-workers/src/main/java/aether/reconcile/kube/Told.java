package aether.reconcile.kube;

import aether.reconcile.render.ResourceKind;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.Status;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ValueDeserializer;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.node.ObjectNode;

/**
 * An object as the watch tells it: the tree that was read, and of its metadata what an informer asks for. The client's
 * own way makes a typed object of the tree, of that a generic one, and of that a tree again, all for one that is then
 * kept as text.
 */
final class Told extends GenericKubernetesResource {

    private final ObjectNode tree;
    private boolean echo;

    private Told(ObjectNode tree) {
        this.tree = tree;
        JsonNode metadata = tree.path("metadata");
        setApiVersion(tree.path("apiVersion").asString(""));
        setKind(tree.path("kind").asString(""));
        setMetadata(metadata(metadata));
    }

    private static ObjectMeta metadata(JsonNode metadata) {
        Map<String, String> labels = new HashMap<>();
        metadata.path("labels")
                .properties()
                .forEach(label -> labels.put(label.getKey(), label.getValue().asString("")));
        ObjectMeta small = new ObjectMeta();
        small.setNamespace(text(metadata, "namespace"));
        small.setName(text(metadata, "name"));
        small.setUid(text(metadata, "uid"));
        small.setResourceVersion(text(metadata, "resourceVersion"));
        small.setLabels(labels);
        return small;
    }

    private static @Nullable String text(JsonNode metadata, String field) {
        return metadata.path(field).isMissingNode()
                ? null
                : metadata.path(field).asString("");
    }

    /** The object itself. */
    ObjectNode tree() {
        return tree;
    }

    /** Says that this is what we wrote ourselves, and were told in answer. */
    void echoes() {
        echo = true;
    }

    /** Whether this is what we wrote ourselves. */
    boolean isEcho() {
        return echo;
    }

    /** What a client reads with whose watches tell objects of these kinds. */
    static KubernetesSerialization serialization(Collection<ResourceKind> kinds) {
        KubernetesSerialization serialization = new KubernetesSerialization(
                JsonMapper.builder()
                        .addModule(new SimpleModule().addDeserializer(Told.class, new Reader()))
                        .build(),
                false);
        serialization.registerKubernetesResource(Status.class); // how a watch says that it cannot go on
        for (ResourceKind kind : kinds) {
            Stream.concat(Stream.of(kind), kind.olderVersions().stream().map(kind::at))
                    .forEach(each ->
                            serialization.registerKubernetesResource(each.apiVersion(), each.kind(), Told.class));
        }
        return serialization;
    }

    private static final class Reader extends ValueDeserializer<Told> {
        @Override
        public Told deserialize(JsonParser parser, DeserializationContext context) {
            return new Told((ObjectNode) context.readTree(parser));
        }
    }
}
