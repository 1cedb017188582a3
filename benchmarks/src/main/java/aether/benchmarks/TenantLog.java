package aether.benchmarks;

import aether.domain.cluster.Channel;
import aether.domain.cluster.ClusterCommand;
import aether.domain.cluster.ClusterDecider;
import aether.domain.cluster.ClusterEvent;
import aether.domain.cluster.ClusterId;
import aether.domain.cluster.ClusterState;
import aether.domain.cluster.ClusterStatus;
import aether.domain.kernel.Command;
import aether.domain.kernel.Decision;
import aether.domain.kernel.DomainEvent;
import aether.domain.kernel.KubernetesVersion;
import aether.domain.kernel.Outcome;
import aether.domain.organization.OrganizationId;
import aether.reconcile.desired.DesiredWorld;
import aether.reconcile.desired.WorkKey;
import aether.reconcile.report.CommandPort;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Clusters in memory, by the domain's own rules: what is measured lies between the workers and the API server. What
 * their process would say next is said at once.
 */
final class TenantLog implements CommandPort {

    static final KubernetesVersion VERSION = KubernetesVersion.SUPPORTED.get(1);

    static final OrganizationId ORGANIZATION = new OrganizationId(new UUID(5, 5));

    private static final int API_PORT = 6443;

    private final DesiredWorld world = new DesiredWorld();
    private final Map<ClusterId, ClusterState> states = new HashMap<>();
    private final Map<ClusterId, Long> sequences = new HashMap<>();
    private Consumer<WorkKey> changed = key -> {};
    private int running;

    DesiredWorld world() {
        return world;
    }

    /** Tells of every key that an event is about. */
    synchronized void tell(Consumer<WorkKey> listener) {
        changed = listener;
    }

    /** Asks for a cluster whose load balancer runs already. */
    synchronized void request(ClusterId id) {
        append(new ClusterEvent.ClusterRequested(id, ORGANIZATION, "shop", "north", VERSION, false, Channel.API));
        append(new ClusterEvent.EndpointPublished(id, "10.2.0.2", API_PORT));
        append(new ClusterEvent.CertificatesRequested(id));
    }

    synchronized int running() {
        return running;
    }

    @Override
    public synchronized Outcome send(UUID commandId, Command command, @Nullable UUID causation) {
        return decide((ClusterCommand) command);
    }

    private Outcome decide(ClusterCommand command) {
        ClusterState state = states.getOrDefault(command.clusterId(), ClusterState.ABSENT);
        return switch (ClusterDecider.decide(state, command)) {
            case Decision.Refused<?> refused -> Outcome.Refused.of(refused.rejection());
            case Decision.Accepted<?> accepted -> {
                accepted.events().forEach(this::append);
                yield new Outcome.Accepted(!accepted.events().isEmpty());
            }
        };
    }

    private void append(DomainEvent event) {
        if (!(event instanceof ClusterEvent happened)) {
            throw new IllegalStateException("Expected events of clusters alone, but got " + event);
        }
        ClusterId id = happened.clusterId();
        ClusterState before = states.getOrDefault(id, ClusterState.ABSENT);
        ClusterState after = before.apply(happened);
        states.put(id, after);
        world.fold(event, sequences.merge(id, 1L, Long::sum) - 1).forEach(changed);
        if (after.status() == ClusterStatus.RUNNING && before.status() != ClusterStatus.RUNNING) {
            running++;
        }
        next(happened).ifPresent(command -> {
            if (decide(command) instanceof Outcome.Refused refused) {
                throw new IllegalStateException("Expected " + command + " to be taken, but " + refused.message());
            }
        });
    }

    /** As {@code ProvisionCluster} has it. */
    private static Optional<ClusterCommand> next(ClusterEvent event) {
        return Optional.ofNullable(
                switch (event) {
                    case ClusterEvent.CertificatesIssued issued ->
                        new ClusterCommand.RequestControlPlane(issued.clusterId());
                    case ClusterEvent.ControlPlaneReady ready -> new ClusterCommand.RequestAddons(ready.clusterId());
                    case ClusterEvent.AddonsInstalled installed ->
                        new ClusterCommand.MarkRunning(installed.clusterId());
                    default -> null;
                });
    }
}
