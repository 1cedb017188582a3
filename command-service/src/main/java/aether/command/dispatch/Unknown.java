package aether.command.dispatch;

import aether.domain.cluster.ClusterCommand;
import aether.domain.cluster.ClusterDecider;
import aether.domain.cluster.ClusterState;
import aether.domain.kernel.Command;
import aether.domain.kernel.Decision;
import aether.domain.kernel.Outcome;
import aether.domain.machine.MachineCommand;
import aether.domain.machine.MachineDecider;
import aether.domain.machine.MachineState;
import aether.domain.network.NetworkCommand;
import aether.domain.network.NetworkDecider;
import aether.domain.network.NetworkState;
import aether.domain.nodepool.NodePoolCommand;
import aether.domain.nodepool.NodePoolDecider;
import aether.domain.nodepool.NodePoolState;
import aether.domain.organization.OrganizationCommand;
import aether.domain.organization.OrganizationDecider;
import aether.domain.organization.OrganizationState;
import java.util.Optional;

/** What the domain says to a command whose stream is empty: Axon gives up before it would ask. */
final class Unknown {

    private Unknown() {}

    /** The refusal; empty when the domain would not refuse, so that the stream's absence is an error. */
    static Optional<Outcome.Refused> refusal(Command command) {
        Optional<Decision<?>> decision = switch (command) {
            case ClusterCommand cluster -> Optional.of(ClusterDecider.decide(ClusterState.ABSENT, cluster));
            case NodePoolCommand pool -> Optional.of(NodePoolDecider.decide(NodePoolState.ABSENT, pool));
            case MachineCommand machine -> Optional.of(MachineDecider.decide(MachineState.ABSENT, machine));
            case NetworkCommand network -> Optional.of(NetworkDecider.decide(NetworkState.ABSENT, network));
            case OrganizationCommand organization ->
                Optional.of(OrganizationDecider.decide(OrganizationState.ABSENT, organization));
            default -> Optional.empty();
        };
        return decision.flatMap(made -> switch (made) {
            case Decision.Refused<?> refused -> Optional.of(Outcome.Refused.of(refused.rejection()));
            case Decision.Accepted<?> ignored -> Optional.empty();
        });
    }
}
