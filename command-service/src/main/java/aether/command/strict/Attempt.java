package aether.command.strict;

import java.util.List;
import java.util.Set;
import java.util.UUID;

/**
 * What is known of a request before it is looked for: enough to find what an earlier sending of it left in the log.
 *
 * @param actorType what kind of principal asks
 * @param actor who asks, as the log names them; nobody is shown another's entry
 * @param requestId the id of the sending itself
 * @param correlationId the id that every sending of the request shares, as far as its sender let it
 * @param commandIds ids of its commands that follow from the request, so that a repeat has the same ones
 * @param streams where its entries may be
 */
public record Attempt(
        String actorType,
        String actor,
        UUID requestId,
        UUID correlationId,
        List<UUID> commandIds,
        Set<String> streams) {
    public Attempt {
        commandIds = List.copyOf(commandIds);
        streams = Set.copyOf(streams);
    }
}
