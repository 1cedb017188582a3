package aether.reconcile.kube;

import aether.reconcile.render.ObjectRef;
import aether.reconcile.render.Rendered;
import aether.reconcile.render.ResourceKind;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * A Kubernetes API, as far as workers need one. Everything throws {@link aether.reconcile.loop.OutsideFailure} when it
 * is not answered or refused.
 */
public interface KubeApi {

    /** The object as it is now. */
    Optional<JsonNode> find(ObjectRef ref);

    /**
     * The objects of a kind that carry these labels.
     *
     * @param namespace empty for all
     */
    List<JsonNode> list(ResourceKind kind, String namespace, Map<String, String> labels);

    /** Makes the object be as rendered, whoever changed it before (server-side apply, field manager {@code aether}). */
    void apply(Rendered rendered);

    /** Makes the object unless one with its name exists; says whether it was made. */
    boolean create(Rendered rendered);

    /**
     * Deletes the object; one that is gone is fine.
     *
     * @param uid the very object that is meant
     */
    void delete(ObjectRef ref, String uid);

    /** The objects of a kind, in every namespace. */
    List<ObjectRef> names(ResourceKind kind);

    /**
     * Has the server store the object again as it is, so that it is encrypted with the key in use now; one that is gone
     * is fine. The server writes nothing when it is stored as it would store it.
     */
    void rewrite(ObjectRef ref);

    /** What the API says it is, for example {@code v1.34.1}. */
    String version();
}
