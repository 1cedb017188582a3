package aether.reconcile.controlplane;

import static org.assertj.core.api.Assertions.assertThat;

import aether.domain.cluster.ClusterAuthorities;
import aether.domain.cluster.ClusterHibernation;
import aether.domain.cluster.ClusterId;
import aether.domain.cluster.KeyRotation;
import aether.domain.organization.OrganizationId;
import aether.reconcile.certificates.TenantCertificate;
import aether.reconcile.kube.TenantAccess;
import aether.reconcile.loop.Plan;
import aether.reconcile.render.Labels;
import aether.reconcile.render.ObjectRef;
import aether.reconcile.render.Rendered;
import aether.reconcile.render.RenderingOptions;
import aether.reconcile.render.ResourceKind;
import aether.reconcile.render.TenantNames;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Another certificate of etcd's has come while its members are so far; when is the StatefulSet told of it? */
class EtcdRolloutTest {

    private static final ClusterId CLUSTER = new ClusterId(new UUID(2, 2));
    private static final String NAMESPACE = TenantNames.namespace(CLUSTER);
    private static final ObjectRef ETCD = new ObjectRef(ResourceKind.STATEFUL_SET, NAMESPACE, TenantNames.ETCD);
    private static final TenantAccess ACCESS = new TenantAccess("10.2.0.2:6443", "ca", "certificate", "key");
    private static final TrustBundles TRUST = new TrustBundles("one\n", "two\n", "three\n");
    private static final Set<Integer> ALL = Set.of(0, 1, 2);

    private final ControlPlaneRendering rendering = new ControlPlaneRendering(new RenderingOptions("", Map.of()));
    private final ControlPlanePlanner planner = new ControlPlanePlanner(rendering);

    @Test
    void settledMembersAreTold() {
        assertThat(isTold(desired(3), members(3, 3, 3, ALL))).isTrue();
    }

    /** The next one of the change before may be going this moment, and the last one would go with it. */
    @Test
    void membersThatAreBeingReplacedAreNotTold() {
        assertThat(isTold(desired(3), members(3, 3, 1, ALL))).isFalse();
        assertThat(isTold(desired(3), members(3, 2, 2, Set.of(0, 2)))).isFalse();
        assertThat(isTold(desired(3), members(3, 2, 3, Set.of(1, 2)))).isFalse();
    }

    @Test
    void aMemberThatIsAwayIsWaitedForWhoeverItIs() {
        assertThat(isTold(desired(3), members(3, 2, 3, Set.of(0, 2)))).isFalse();
        assertThat(isTold(desired(3), members(3, 2, 3, Set.of(1, 2)))).isFalse();
    }

    /** It is the first to be replaced, and a change may be what it needs. */
    @Test
    void theLastMemberMayBeReplacedWhileItServesNobody() {
        assertThat(isTold(desired(3), members(3, 2, 1, Set.of(0, 1)))).isTrue();
    }

    @Test
    void withoutAMajorityThereIsNoneToLose() {
        assertThat(isTold(desired(3), members(3, 1, 3, Set.of(2)))).isTrue();
        assertThat(isTold(desired(3), members(3, 0, 0, Set.of()))).isTrue();
    }

    @Test
    void aLoneMemberIsToldAtOnce() {
        assertThat(isTold(desired(1), members(1, 0, 1, Set.of()))).isTrue();
        assertThat(isTold(desired(1), members(1, 1, 0, Set.of(0)))).isTrue();
    }

    /** A fourth is none of etcd's members and never serves; so there is nothing to wait for. */
    @Test
    void aNumberThatSomebodyChangedIsPutBack() {
        assertThat(isTold(desired(3), members(4, 3, 4, ALL))).isTrue();
    }

    @Test
    void whatFallsAsleepIsNotWaitedFor() {
        ClusterHibernation stopping = new ClusterHibernation(1, ClusterHibernation.Phase.ETCD_STOPPING, "");

        assertThat(isTold(desired(3).with(stopping), members(3, 2, 3, Set.of(0, 2))))
                .isTrue();
    }

    /** What waits is told as no drift, and everything else is done meanwhile. */
    @Test
    void onlyTheStatefulSetWaits() {
        ObservedControlPlane held = members(3, 2, 3, Set.of(0, 2));
        Map<ObjectRef, JsonNode> objects = new HashMap<>(held.objects());
        ObjectRef service = new ObjectRef(ResourceKind.SERVICE, NAMESPACE, TenantNames.ETCD);
        objects.remove(service);

        Plan<ControlPlaneStep> plan = planner.plan(desired(3), with(objects, held));

        assertThat(plan.steps())
                .extracting(step -> step instanceof ControlPlaneStep.Apply apply
                        ? apply.rendered().ref().shown()
                        : step.getClass().getSimpleName())
                .containsExactly("Service/etcd", "ReportDrift");
    }

    private boolean isTold(DesiredControlPlane desired, ObservedControlPlane observed) {
        return planner.plan(desired, observed).steps().stream()
                .anyMatch(step -> step instanceof ControlPlaneStep.Apply apply
                        && apply.rendered().ref().equals(ETCD));
    }

    private static DesiredControlPlane desired(int members) {
        return SomeControlPlane.of(CLUSTER, new OrganizationId(new UUID(1, 1)))
                .wanted()
                .with(members);
    }

    /** All is as it was rendered before the certificate came. */
    private ObservedControlPlane members(int wanted, int ready, int updated, Set<Integer> serving) {
        DesiredControlPlane desired = desired(wanted == 4 ? 3 : wanted);
        Map<ObjectRef, JsonNode> objects = new HashMap<>();
        for (Rendered rendered : rendering.of(desired, certificates("before"), TRUST, Optional.of(ACCESS), "")) {
            objects.put(rendered.ref(), rendered.json());
        }
        Rendered keys = EncryptionKeys.keep(desired, 1, new Random(3));
        objects.put(keys.ref(), keys.json());
        ObjectNode etcd = (ObjectNode) Objects.requireNonNull(objects.get(ETCD)).deepCopy();
        etcd.withObject("spec").put("replicas", wanted);
        etcd.withObject("metadata").put("generation", 4);
        etcd.withObject("status")
                .put("observedGeneration", 4)
                .put("readyReplicas", ready)
                .put("updatedReplicas", updated);
        objects.put(ETCD, etcd);
        IntStream.range(0, wanted).forEach(member -> {
            String name = TenantNames.ETCD + "-" + member;
            objects.put(new ObjectRef(ResourceKind.POD, NAMESPACE, name), pod(name, serving.contains(member)));
        });
        return new ObservedControlPlane(
                objects,
                certificates("now"),
                TRUST,
                Map.of(),
                Optional.of(ACCESS),
                "",
                Availability.trouble(objects, NAMESPACE),
                Duration.ZERO);
    }

    private static ObservedControlPlane with(Map<ObjectRef, JsonNode> objects, ObservedControlPlane observed) {
        return new ObservedControlPlane(
                objects,
                observed.certificates(),
                observed.trust(),
                Map.of(),
                observed.access(),
                "",
                observed.trouble(),
                Duration.ZERO);
    }

    private static Map<String, String> certificates(String ofPeers) {
        Map<String, String> hashes = new HashMap<>();
        TenantCertificate.of(ClusterAuthorities.FIRST, KeyRotation.FIRST)
                .forEach(row -> hashes.put(row.name(), row.name()));
        hashes.put(TenantCertificate.ETCD_PEER, ofPeers);
        return hashes;
    }

    private static JsonNode pod(String name, boolean ready) {
        ObjectNode pod = JsonMapper.shared().createObjectNode();
        pod.putObject("metadata").put("name", name).putObject("labels").put(Labels.NAME, TenantNames.ETCD);
        pod.putObject("status")
                .putArray("conditions")
                .addObject()
                .put("type", "Ready")
                .put("status", ready ? "True" : "False");
        return pod;
    }
}
