package aether.command.channel;

import aether.command.request.Detail;
import aether.command.request.RequestRefused;
import aether.domain.cluster.Channel;
import aether.domain.cluster.ClusterEvent;
import aether.domain.cluster.ClusterState;
import java.util.Optional;

/**
 * A cluster is changed through the channel that made it, until it is handed over: what a manifest in git says and what
 * somebody asked for by REST would else undo each other for ever.
 */
public final class ChannelRule {

    /** The machine-readable reason. */
    public static final String CODE = "managed_elsewhere";

    private static final int CONFLICT = 409;

    private ChannelRule() {}

    /** Why a cluster may not be changed through a channel; empty when it may. */
    public static Optional<String> check(ClusterState state, Channel through) {
        ClusterEvent.ClusterRequested request = state.request();
        if (request == null || request.channel() == through) {
            return Optional.empty();
        }
        return Optional.of("Expected cluster '" + request.name() + "' to be changed through "
                + spoken(request.channel()) + ", which manages it, but got a change through " + spoken(through)
                + "; hand it over to '" + through.published() + "' first.");
    }

    /**
     * Ends a request that may not change the cluster.
     *
     * @throws RequestRefused when another channel manages it
     */
    public static void require(ClusterState state, Channel through) {
        check(state, through).ifPresent(message -> {
            throw RequestRefused.of(CONFLICT, new Detail("cluster", CODE, message));
        });
    }

    private static String spoken(Channel channel) {
        return switch (channel) {
            case API -> "the command API";
            case KUBERNETES -> "custom resources";
        };
    }
}
