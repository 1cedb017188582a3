package aether.domain.process;

import static org.assertj.core.api.Assertions.assertThat;

import aether.domain.kernel.DomainEvent;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * Lists the pairs of state and event that no table answers. Each is impossible: an event of a later stage is only
 * recorded after the command that this process sends when it enters the stage, and a stage ends once. What stands here
 * is an error at run time; what can come must be a row.
 */
class UnknownPairsTest {

    @Test
    void provisionClusterKnowsEverythingButStagesOutOfOrder() {
        assertThat(unknown(ProvisionCluster.TABLE, ProvisionCluster.State.class))
                .isEqualTo(Map.ofEntries(
                        Map.entry("ALLOCATING_NETWORK", provisionAllBut("NetworkAllocated", "ClusterFailed")),
                        Map.entry("STARTING_LOAD_BALANCER", provisionAllBut("ClusterFailed")),
                        Map.entry("PUBLISHING_ENDPOINT", provisionAllBut("EndpointPublished", "ClusterFailed")),
                        Map.entry("ISSUING_CERTIFICATES", provisionAllBut("CertificatesIssued", "ClusterFailed")),
                        Map.entry("STARTING_CONTROL_PLANE", provisionAllBut("ControlPlaneReady", "ClusterFailed")),
                        Map.entry("INSTALLING_ADDONS", provisionAllBut("AddonsInstalled", "ClusterFailed")),
                        Map.entry("JOINING_POOLS", provisionAllBut("ClusterRunning")),
                        Map.entry("UNDOING_CONTROL_PLANE", provisionAllBut("ControlPlaneRemoved")),
                        Map.entry("UNDOING_LOAD_BALANCER", provisionAllBut())));
    }

    /** What happens once, in the order of the stages; everything else has a row in every state. */
    private static Set<String> provisionAllBut(String... known) {
        Set<String> stages = new TreeSet<>(Set.of(
                "NetworkAllocated",
                "EndpointPublished",
                "CertificatesIssued",
                "ControlPlaneReady",
                "AddonsInstalled",
                "ClusterRunning",
                "ClusterFailed",
                "ControlPlaneRemoved"));
        stages.removeAll(Set.of(known));
        return stages;
    }

    @Test
    void scalePoolKnowsEverythingThatCanCome() {
        assertThat(unknown(ScalePool.TABLE, ScalePool.State.class)).isEmpty();
    }

    @Test
    void retireClusterKnowsEverythingThatCanCome() {
        assertThat(unknown(RetireCluster.TABLE, RetireCluster.State.class)).isEmpty();
    }

    @Test
    void rotateAuthorityKnowsEverythingButStagesOutOfOrder() {
        Set<String> stages = Set.of(
                "AuthorityTrusted",
                "AuthoritySigning",
                "AuthorityRotationPrepared",
                "AuthorityRotationCompleting",
                "AuthorityLeavesReissued",
                "AuthorityRetired");

        assertThat(unknown(RotateAuthority.TABLE, RotateAuthority.State.class))
                .hasSize(stages.size())
                .allSatisfy((state, missing) -> {
                    assertThat(missing).hasSize(stages.size() - 1);
                    assertThat(stages).containsAll(missing);
                });
    }

    @Test
    void upgradeClusterKnowsEverythingButStagesOutOfOrder() {
        Set<String> stages = Set.of(
                "ClusterUpgradePrepared",
                "EtcdUpgraded",
                "ClusterUpgradeServing",
                "ApiServersUpgraded",
                "ControlPlaneUpgraded",
                "ClusterUpgradeAbandoned");

        assertThat(unknown(UpgradeCluster.TABLE, UpgradeCluster.State.class).values())
                .allSatisfy(missing -> assertThat(stages).containsAll(missing));
    }

    @Test
    void hibernateClusterKnowsEverythingButStagesOutOfOrder() {
        Set<String> stages = Set.of(
                "HibernationPrepared",
                "HibernationObstructed",
                "NodesAsleep",
                "ClusterHibernated",
                "HibernationAdvanced",
                "ClusterAwake");
        Map<String, Set<String>> unknown = unknown(HibernateCluster.TABLE, HibernateCluster.State.class);

        unknown.forEach((state, missing) -> {
            boolean wakes = state.equals("STARTING") || state.equals("NODES_JOINING");
            assertThat(missing.contains("ClusterWakeStarted")).as(state).isEqualTo(wakes);
            assertThat(missing.stream().filter(event -> !event.equals("ClusterWakeStarted")))
                    .isSubsetOf(stages);
        });
        assertThat(unknown.get("STOPPING"))
                .as("a phase of before the wake is seen before it")
                .doesNotContain("HibernationAdvanced");
    }

    /** A second start is impossible too: the event that starts a process is the first of its kind in its stream. */
    private static <S extends Enum<S>> Map<String, Set<String>> unknown(ProcessTable<S, ?> table, Class<S> states) {
        Set<Class<?>> events = table.rows().stream()
                .filter(row -> row.from() != null)
                .map(ProcessTable.Row::trigger)
                .filter(DomainEvent.class::isAssignableFrom)
                .collect(Collectors.toSet());
        Map<String, Set<String>> unknown = new TreeMap<>();
        for (S state : states.getEnumConstants()) {
            if (!table.terminal().contains(state)) {
                Set<String> missing = events.stream()
                        .filter(event -> table.rows().stream()
                                .noneMatch(row ->
                                        row.from() == state && row.trigger().equals(event)))
                        .map(Class::getSimpleName)
                        .collect(Collectors.toCollection(TreeSet::new));
                if (!missing.isEmpty()) {
                    unknown.put(state.name(), missing);
                }
            }
        }
        return unknown;
    }
}
