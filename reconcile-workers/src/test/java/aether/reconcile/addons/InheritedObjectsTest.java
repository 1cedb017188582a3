package aether.reconcile.addons;

import static org.assertj.core.api.Assertions.assertThat;

import aether.domain.cluster.ClusterId;
import aether.domain.kernel.KubernetesVersion;
import aether.domain.organization.OrganizationId;
import aether.reconcile.render.ObjectRef;
import aether.reconcile.render.ResourceKind;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What of another cluster is taken out of one that began with its snapshot. */
class InheritedObjectsTest {

    private static final BootstrapToken TOKEN = new BootstrapToken("abcdef", "0123456789abcdef");
    private static final ObjectRef OWN = new ObjectRef(ResourceKind.SECRET, "kube-system", "bootstrap-token-abcdef");
    private static final ObjectRef OTHERS = new ObjectRef(ResourceKind.SECRET, "kube-system", "bootstrap-token-xyz123");
    private static final ObjectRef NODE = new ObjectRef(ResourceKind.NODE, "", "old-node");

    private static DesiredAddons desired(boolean restored, boolean reported) {
        return new DesiredAddons(
                new ClusterId(new UUID(2, 2)),
                new OrganizationId(new UUID(1, 1)),
                "10.2.0.2:6443",
                new KubernetesVersion(1, 34, 1),
                restored,
                reported,
                9);
    }

    private static List<AddonsStep> removals(DesiredAddons desired, ObjectRef... there) {
        Map<ObjectRef, JsonNode> objects = Arrays.stream(there)
                .collect(Collectors.toMap(
                        ref -> ref,
                        ref -> JsonMapper.builder()
                                .build()
                                .readTree("{\"metadata\": {\"uid\": \"uid of " + ref.name() + "\"}}")));
        return InheritedObjects.removals(desired, new ObservedAddons(true, Optional.of(TOKEN), objects), TOKEN);
    }

    @Test
    void nodesGoBeforeTheClustersOwnTokenLetsAnyIn() {
        assertThat(removals(desired(true, false), NODE))
                .containsExactly(
                        new AddonsStep.Remove(NODE, "uid of old-node"),
                        new AddonsStep.ReportDrift("Node/old-node", "removed: it was a node of another cluster"));
        assertThat(removals(desired(true, false), NODE, OWN)).isEmpty();
        assertThat(removals(desired(true, true), NODE)).isEmpty();
        assertThat(removals(desired(false, false), NODE)).isEmpty();
    }

    @Test
    void aTokenThatIsNotInUseGoesAtAnyTime() {
        assertThat(removals(desired(true, true), OWN, OTHERS))
                .containsExactly(
                        new AddonsStep.Remove(OTHERS, "uid of bootstrap-token-xyz123"),
                        new AddonsStep.ReportDrift(
                                "Secret/bootstrap-token-xyz123",
                                "removed: it was a bootstrap token that is not in use"));
        assertThat(removals(desired(true, true), OWN)).isEmpty();
    }

    @Test
    void nothingElseIsTouched() {
        assertThat(removals(
                        desired(true, false),
                        OWN,
                        new ObjectRef(ResourceKind.SECRET, "default", "bootstrap-token-xyz123"),
                        new ObjectRef(ResourceKind.SECRET, "kube-system", "customers-own"),
                        new ObjectRef(ResourceKind.CONFIG_MAP, "kube-system", "bootstrap-token-xyz123")))
                .isEmpty();
    }
}
