package aether.reconcile.render;

import io.fabric8.kubernetes.api.model.HasMetadata;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * An object as it is to be applied, with the hash of its rendering among its annotations.
 *
 * @param ref which object
 * @param hash of everything in it but the hash
 * @param json the object; not to be changed
 */
public record Rendered(ObjectRef ref, String hash, ObjectNode json) {

    /** The annotation that carries the hash. */
    public static final String HASH = "aetherplatform.cloud/rendered-hash";

    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
            .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
            .build();

    /** The rendering of an object of the Kubernetes model. */
    public static Rendered of(HasMetadata object) {
        ObjectNode json = MAPPER.valueToTree(object);
        json.remove("status");
        String hash = sha256(json.toString());
        json.withObject("metadata").withObject("annotations").put(HASH, hash);
        return new Rendered(ObjectRef.of(json), hash, json);
    }

    /** The SHA-256 of a text in hex. */
    public static String sha256(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Expected every JDK to know SHA-256, but this one does not", e);
        }
    }

    /** Says which object; its content may hold secrets. */
    @Override
    public String toString() {
        return "Rendered[" + ref.namespace() + " " + ref.shown() + " " + hash + "]";
    }
}
