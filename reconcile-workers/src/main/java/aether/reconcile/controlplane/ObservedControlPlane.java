package aether.reconcile.controlplane;

import aether.reconcile.kube.TenantAccess;
import aether.reconcile.render.ObjectRef;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * What is there of a tenant's control plane.
 *
 * @param objects what carries the cluster's label, and its namespace
 * @param certificates the hash of each issued certificate, by name
 * @param trust the certificates of the cluster CA that are to be trusted, in PEM
 * @param notReissued while the cluster CA is rotated, why certificates are not those that are wanted now, by name
 * @param access how to be administrator, as far as it is known
 * @param version what the tenant's API answered over verified TLS; empty when it did not
 * @param trouble why the control plane does not serve; empty when it does
 * @param troubledFor how long that has been so
 * @param unanswered why the API did not answer although its pods serve; empty when it did, or was not asked
 * @param full whether etcd is read and says itself that it is not well
 */
public record ObservedControlPlane(
        Map<ObjectRef, JsonNode> objects,
        Map<String, String> certificates,
        String trust,
        Map<String, String> notReissued,
        Optional<TenantAccess> access,
        String version,
        String trouble,
        Duration troubledFor,
        String unanswered,
        boolean full) {
    public ObservedControlPlane {
        objects = Map.copyOf(objects);
        certificates = Map.copyOf(certificates);
        notReissued = Map.copyOf(notReissued);
    }

    /** One whose API answered when it was asked, and of whose etcd nothing is known. */
    public ObservedControlPlane(
            Map<ObjectRef, JsonNode> objects,
            Map<String, String> certificates,
            String trust,
            Map<String, String> notReissued,
            Optional<TenantAccess> access,
            String version,
            String trouble,
            Duration troubledFor) {
        this(objects, certificates, trust, notReissued, access, version, trouble, troubledFor, "", false);
    }
}
