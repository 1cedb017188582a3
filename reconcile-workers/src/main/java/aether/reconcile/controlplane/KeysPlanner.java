package aether.reconcile.controlplane;

import aether.domain.cluster.ClusterKey;
import aether.domain.cluster.KeyRotation;
import aether.reconcile.certificates.TenantCertificate;
import aether.reconcile.loop.Plan;
import aether.reconcile.render.ObjectRef;
import aether.reconcile.render.Pods;
import aether.reconcile.render.ResourceKind;
import aether.reconcile.render.TenantNames;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * Decides whether a phase of a key's rotation is over. It is asked when everything is as rendered for that phase, every
 * pod is up to date and serves, and the API has answered; what it adds is that no API server of before is left, for
 * that one still works as the phase before said.
 */
final class KeysPlanner {

    private KeysPlanner() {}

    static Plan<ControlPlaneStep> plan(DesiredControlPlane desired, ObservedControlPlane observed) {
        for (ClusterKey key : ClusterKey.values()) {
            KeyRotation rotation = desired.keys().of(key);
            boolean ours = rotation.phase() != KeyRotation.Phase.REPLACING || !key.isCompletedByTheCustomer();
            if (rotation.isUnderWay() && ours) {
                return ofBefore(desired, observed)
                        .<Plan<ControlPlaneStep>>map(server -> Plan.await(server + " still runs as before"))
                        .orElseGet(() -> plan(desired, observed, key, rotation));
            }
        }
        return Plan.done();
    }

    private static Plan<ControlPlaneStep> plan(
            DesiredControlPlane desired, ObservedControlPlane observed, ClusterKey key, KeyRotation rotation) {
        ControlPlaneStep report = new ControlPlaneStep.ReportKeyPhaseDone(key, rotation.successor(), rotation.phase());
        return switch (rotation.phase()) {
            case STEADY -> Plan.done();
            case SPREADING, SWITCHING -> Plan.of(List.of(report));
            case REPLACING -> Plan.of(List.of(new ControlPlaneStep.RewriteSecrets(), report));
            case DROPPING ->
                switch (key) {
                    case ENCRYPTION -> withoutOldKey(desired, observed, report);
                    case SERVICE_ACCOUNT ->
                        isThere(desired, observed, TenantCertificate.serviceAccount(rotation.generation()))
                                ? Plan.await("the old key pair is going")
                                : Plan.of(List.of(report));
                };
        };
    }

    /** Everything was written again and no server reads with the old key: now it may go, and what was made of both. */
    private static Plan<ControlPlaneStep> withoutOldKey(
            DesiredControlPlane desired, ObservedControlPlane observed, ControlPlaneStep report) {
        List<ControlPlaneStep> deletions = new ArrayList<>();
        ObjectRef old = EncryptionKeys.kept(
                desired.clusterId(), desired.keys().encryption().generation());
        ObjectRef inherited = EncryptionKeys.inherited(desired.clusterId());
        for (ObjectRef ref : List.of(secret(desired, EncryptionKeys.BOTH), inherited, old)) {
            JsonNode there = observed.objects().get(ref);
            if (there != null) {
                deletions.add(new ControlPlaneStep.Delete(
                        ref, there.at("/metadata/uid").asString("")));
            }
        }
        return deletions.isEmpty()
                ? Plan.of(List.of(report))
                : Plan.andLookAgain(deletions, "the old key for Secrets at rest is going");
    }

    /** An API server that was not begun from what is rendered now, for as long as it takes to end. */
    static Optional<String> ofBefore(DesiredControlPlane desired, ObservedControlPlane observed) {
        String namespace = TenantNames.namespace(desired.clusterId());
        JsonNode deployment =
                observed.objects().get(new ObjectRef(ResourceKind.DEPLOYMENT, namespace, TenantNames.API_SERVICE));
        List<JsonNode> wanted = deployment == null ? List.of() : begunFrom(deployment.at("/spec/template"));
        return observed.objects().entrySet().stream()
                .filter(entry -> entry.getKey().kind().equals(ResourceKind.POD)
                        && !begunFrom(entry.getValue()).equals(wanted))
                .map(Map.Entry::getKey)
                .map(ObjectRef::shown)
                .sorted()
                .findFirst();
    }

    /** What of a pod changes with the phases: what it mounts, and what it was told. */
    private static List<JsonNode> begunFrom(JsonNode pod) {
        return List.of(
                pod.path("metadata").path("annotations").path(Pods.CERTIFICATES), pod.at("/spec/containers/0/command"));
    }

    private static boolean isThere(DesiredControlPlane desired, ObservedControlPlane observed, String name) {
        return observed.objects().containsKey(secret(desired, name));
    }

    private static ObjectRef secret(DesiredControlPlane desired, String name) {
        return new ObjectRef(ResourceKind.SECRET, TenantNames.namespace(desired.clusterId()), name);
    }
}
