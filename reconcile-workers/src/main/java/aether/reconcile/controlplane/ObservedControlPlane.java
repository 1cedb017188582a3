package aether.reconcile.controlplane;

import aether.reconcile.kube.TenantAccess;
import aether.reconcile.render.ObjectRef;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * What is there of a tenant's control plane.
 *
 * @param objects what carries the cluster's label, and its namespace
 * @param certificates the hash of each issued certificate, by name
 * @param trust the certificates of each CA that are to be trusted
 * @param notReissued while a CA is rotated, or the cluster is to wake, why certificates are not those that are wanted
 *     now, by name
 * @param published while a CA is rotated, whom the tenant's API tells extension API servers to trust
 * @param access how to be administrator, as far as it is known
 * @param version what the tenant's API answered over verified TLS; empty when it did not
 * @param trouble why the control plane does not serve; empty when it does
 * @param troubledFor how long that has been so
 * @param unanswered why the API did not answer although its pods serve; empty when it did, or was not asked
 * @param sourceKeys while keys for a snapshot are looked for, the Secrets of the cluster that it is of
 * @param full whether etcd is read and says itself that it is not well
 */
public record ObservedControlPlane(
        Map<ObjectRef, JsonNode> objects,
        Map<String, String> certificates,
        TrustBundles trust,
        Map<String, String> notReissued,
        Optional<JsonNode> published,
        Optional<TenantAccess> access,
        String version,
        String trouble,
        Duration troubledFor,
        String unanswered,
        List<JsonNode> sourceKeys,
        boolean full) {
    public ObservedControlPlane {
        objects = Map.copyOf(objects);
        certificates = Map.copyOf(certificates);
        notReissued = Map.copyOf(notReissued);
        sourceKeys = List.copyOf(sourceKeys);
    }

    /** What is there while no CA is rotated, its API answers, and nothing is known of its etcd. */
    public ObservedControlPlane(
            Map<ObjectRef, JsonNode> objects,
            Map<String, String> certificates,
            TrustBundles trust,
            Map<String, String> notReissued,
            Optional<TenantAccess> access,
            String version,
            String trouble,
            Duration troubledFor) {
        this(
                objects,
                certificates,
                trust,
                notReissued,
                Optional.empty(),
                access,
                version,
                trouble,
                troubledFor,
                "",
                List.of(),
                false);
    }
}
