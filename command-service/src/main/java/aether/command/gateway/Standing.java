package aether.command.gateway;

import aether.domain.cluster.ClusterEvent;
import aether.domain.cluster.ClusterState;
import java.util.stream.Collectors;

/** What conditions say of work that does not go on. */
final class Standing {

    private Standing() {}

    /** Whose it is and what, so that an alarm can be sent to whom it concerns, for example {@code PlatformInvalid}. */
    static String reason(ClusterEvent.WorkStalled stalled) {
        return switch (stalled.fault()) {
                    case OURS -> "Platform";
                    case CUSTOMER -> "Customer";
                    case INFRASTRUCTURE -> "Infrastructure";
                }
                + stalled.reason();
    }

    /** All of it, the first of it first. */
    static String sentences(ClusterState state) {
        return state.stalled().stream()
                .map(stalled -> stalled.sentence() + ": " + stalled.message() + ".")
                .collect(Collectors.joining(" "));
    }

    /** The same behind another sentence; empty when everything goes on. */
    static String added(ClusterState state) {
        return state.stalls().isEmpty() ? "" : " " + sentences(state);
    }
}
