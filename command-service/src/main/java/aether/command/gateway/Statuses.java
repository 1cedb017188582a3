package aether.command.gateway;

import aether.domain.cluster.CertificateAuthority;
import aether.domain.cluster.ClusterEvent;
import aether.domain.cluster.ClusterHibernation;
import aether.domain.cluster.ClusterState;
import aether.domain.cluster.ClusterStatus;
import aether.domain.cluster.Fault;
import aether.domain.cluster.IssuedCertificate;
import aether.domain.cluster.ProvisioningStage;
import aether.domain.cluster.PublicName;
import aether.domain.nodepool.NodePoolState;
import aether.domain.nodepool.NodePoolStatus;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** What the log says, as the status of a resource. */
final class Statuses {

    private static final String PENDING = "Pending";

    private Statuses() {}

    /**
     * The status of a TenantCluster.
     *
     * @param intent what its spec led to
     */
    static Map<String, Object> ofCluster(
            CustomResource resource, ObservedCluster observed, Intent intent, Instant now) {
        Map<String, Object> status = new LinkedHashMap<>();
        status.put("observedGeneration", resource.generation());
        // A resource whose cluster is gone goes on naming it, or it would make another.
        resource.recorded("clusterId")
                .or(() -> observed.id().map(Object::toString))
                .ifPresent(id -> status.put("clusterId", id));
        ClusterState state = observed.state();
        status.put("phase", observed.id().isEmpty() ? PENDING : capital(state.status()));
        if (state.observed() != null) {
            status.put("kubernetesVersion", state.observed().toString());
        }
        ClusterEvent.EndpointPublished endpoint = state.endpoint();
        if (endpoint != null) {
            status.put("endpoint", Map.of("host", endpoint.host(), "port", endpoint.port()));
        }
        if (state.publicName().isAsked()) {
            status.put("publicName", state.publicName().name());
        }
        state.firstToEnd()
                .ifPresent(first ->
                        status.put("certificatesNotAfter", first.notAfter().toString()));
        status.put(
                "clusterCA",
                state.authorities().of(CertificateAuthority.CLUSTER).generation());
        status.put("nodePools", observed.pools().size());
        Conditions conditions = new Conditions(resource, now);
        accepted(conditions, intent);
        Waiting.paused(conditions, resource, state.pause());
        Waiting.planned(conditions, state.maintenance());
        Waiting.hibernated(conditions, state);
        life(conditions, observed);
        status.put("conditions", conditions.list());
        return status;
    }

    private static void life(Conditions conditions, ObservedCluster observed) {
        ClusterState state = observed.state();
        boolean serving = state.status() == ClusterStatus.RUNNING || state.status() == ClusterStatus.UPGRADING;
        Optional<ClusterEvent.WorkStalled> first = state.stalled().stream().findFirst();
        conditions.add(
                "Ready",
                serving,
                serving ? "Serving" : first.map(Standing::reason).orElseGet(() -> waiting(observed)),
                (serving ? "The cluster serves." : sentence(observed)) + Standing.added(state));
        stage(conditions, "InfrastructureReady", observed, ProvisioningStage.ENDPOINT);
        certificates(conditions, observed);
        publicName(conditions, observed.state().publicName());
        boolean degraded = state.status() == ClusterStatus.DEGRADED;
        ClusterHibernation sleep = state.hibernation();
        if (!sleep.runsControllers()) { // what sleeps is no outage, and raises no alarm
            conditions.unknown(
                    "ControlPlaneAvailable", waiting(observed), "The control plane does not run, as asked for.");
        } else if (degraded) {
            conditions.add(
                    "ControlPlaneAvailable",
                    false,
                    first.map(Standing::reason).orElse("NotServing"),
                    "The control plane is being put right." + Standing.added(state));
        } else {
            stage(conditions, "ControlPlaneAvailable", observed, ProvisioningStage.CONTROL_PLANE);
        }
        List<ObservedCluster.Pool> late = observed.pools().stream()
                .filter(pool -> pool.state().status() != NodePoolStatus.RUNNING)
                .toList();
        if (sleep.isUnderWay()) {
            conditions.unknown("NodesReady", waiting(observed), "Node pools have their nodes when it is awake.");
        } else {
            nodes(conditions, observed, late);
        }
        boolean standing = first.isPresent();
        conditions.add(
                "Degraded",
                degraded || standing,
                first.map(Standing::reason).orElse(degraded ? "NotServing" : "AsItShouldBe"),
                degraded
                        ? sentence(observed) + Standing.added(state)
                        : standing ? Standing.sentences(state) : "Nothing is known to be wrong.");
    }

    private static void nodes(Conditions conditions, ObservedCluster observed, List<ObservedCluster.Pool> late) {
        conditions.add(
                "NodesReady",
                late.isEmpty(),
                observed.pools().isEmpty() ? "NoNodePools" : late.isEmpty() ? "AllPoolsRunning" : "PoolsNotRunning",
                late.isEmpty()
                        ? "No node pool is wanting."
                        : late.stream()
                                .map(pool -> pool.name() + " is "
                                        + pool.state().status().published().toLowerCase(java.util.Locale.ROOT))
                                .collect(Collectors.joining(", ")));
    }

    /** Certificates that are overdue still serve, so the cluster stays Ready; somebody has to look before their end. */
    private static void certificates(Conditions conditions, ObservedCluster observed) {
        ClusterEvent.RenewalOverdue overdue = observed.state().overdue();
        Optional<IssuedCertificate> first = observed.state().firstToEnd();
        if (overdue != null) {
            conditions.add("CertificatesReady", false, "RenewalOverdue", overdue.sentence() + ".");
        } else if (observed.state().reached().contains(ProvisioningStage.CERTIFICATES) && first.isPresent()) {
            conditions.add(
                    "CertificatesReady",
                    true,
                    "Done",
                    "The certificates are issued; the first to end is "
                            + first.get().name() + ", on " + first.get().notAfter() + ".");
        } else {
            stage(conditions, "CertificatesReady", observed, ProvisioningStage.CERTIFICATES);
        }
    }

    /** Only where one is asked for: it is no part of being Ready. */
    private static void publicName(Conditions conditions, PublicName name) {
        Fault fault = name.fault();
        if (!name.isAsked() && fault == null && name.domain().isEmpty()) {
            return;
        }
        String reason;
        if (fault != null) {
            reason = switch (fault) {
                case OURS -> "WaitsForThePlatform";
                case CUSTOMER -> "WaitsForTheCustomer";
                case INFRASTRUCTURE -> "WaitsForTheAuthority";
            };
        } else {
            reason = name.certificate() == null ? "Asked" : "Issued";
        }
        String delegation = name.delegation().isEmpty() || name.certificate() != null
                ? ""
                : " It needs _acme-challenge." + name.name() + " as a CNAME of " + name.delegation() + ".";
        conditions.add(
                "PublicNameReady",
                name.certificate() != null && fault == null,
                reason,
                name.sentence() + "." + delegation);
    }

    private static void stage(Conditions conditions, String type, ObservedCluster observed, ProvisioningStage stage) {
        boolean reached = observed.state().reached().contains(stage);
        String done = stage.done();
        conditions.add(
                type,
                reached,
                reached ? "Done" : waiting(observed),
                reached
                        ? Character.toUpperCase(done.charAt(0)) + done.substring(1) + "."
                        : "Waiting for \"" + done + "\".");
    }

    private static String waiting(ObservedCluster observed) {
        return observed.id().isEmpty() ? "NoCluster" : capital(observed.state().status());
    }

    private static String sentence(ObservedCluster observed) {
        return observed.id()
                .map(id -> "The cluster is " + observed.state().status().published()
                        + "; its events say more: aether events" + " cluster " + id + ".")
                .orElse("There is no cluster yet.");
    }

    /**
     * The status of a NodePool.
     *
     * @param intent what its spec led to
     */
    static Map<String, Object> ofPool(CustomResource resource, ObservedCluster observed, Intent intent, Instant now) {
        Map<String, Object> status = new LinkedHashMap<>();
        status.put("observedGeneration", resource.generation());
        Optional<ObservedCluster.Pool> pool = observed.pool(resource.key().name());
        Conditions conditions = new Conditions(resource, now);
        accepted(conditions, intent);
        if (pool.isEmpty()) {
            status.put("phase", PENDING);
            conditions.add("Ready", false, "NoPool", "There is no node pool yet.");
        } else {
            NodePoolState state = pool.get().state();
            boolean ready = state.status() == NodePoolStatus.RUNNING;
            status.put("nodePoolId", pool.get().id().toString());
            status.put("phase", state.status().published());
            status.put("nodes", state.desired());
            conditions.add(
                    "Ready",
                    ready,
                    state.status().published(),
                    (ready ? "The pool has its " : "The pool is to have ")
                            + state.desired()
                            + (observed.state().hibernation().isUnderWay()
                                    ? " nodes when the cluster is awake."
                                    : " nodes."));
        }
        status.put("conditions", conditions.list());
        return status;
    }

    private static void accepted(Conditions conditions, Intent intent) {
        switch (intent) {
            case Intent.Apply ignored -> conditions.add("Accepted", true, "Accepted", "The spec is carried out.");
            case Intent.Wait ignored -> conditions.add("Accepted", true, "NotCarriedOutNow", "Paused, or under way.");
            case Intent.Refuse refuse -> conditions.add("Accepted", false, refuse.reason(), refuse.message());
            case Intent.Yield yielding ->
                conditions.add(
                        "Accepted",
                        false,
                        "ClaimedElsewhere",
                        "Expected one TenantCluster for a cluster, but " + yielding.owner()
                                + " names the same and came first.");
            case Intent.End ignored -> conditions.add("Accepted", true, "Deleting", "It is being taken down.");
            case Intent.Release ignored -> conditions.add("Accepted", true, "Released", "It may go.");
        }
    }

    private static String capital(ClusterStatus status) {
        String word = status.published();
        return Character.toUpperCase(word.charAt(0)) + word.substring(1);
    }
}
