package aether.command.api;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What one request has sent so far, so that its answer can say which entries are its own. For one thread. */
final class Sent {

    private final List<UUID> commandIds = new ArrayList<>();

    private final Set<String> streams = new HashSet<>();

    private @Nullable UUID correlationId;

    /** Under which id every sending of the request stands in the log; else it is that of the request. */
    void under(UUID id) {
        correlationId = id;
    }

    @Nullable
    UUID correlationId() {
        return correlationId;
    }

    /** A command whose id a repeat of the request has as well. */
    void command(UUID id) {
        commandIds.add(id);
    }

    /** Streams in which the request may have left something. */
    void into(Collection<String> more) {
        streams.addAll(more);
    }

    List<UUID> commandIds() {
        return List.copyOf(commandIds);
    }

    Set<String> streams() {
        return Set.copyOf(streams);
    }
}
