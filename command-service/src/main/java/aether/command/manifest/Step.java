package aether.command.manifest;

import aether.domain.kernel.Command;
import java.util.List;

/**
 * What one document leads to.
 *
 * @param document the document
 * @param id the id of its object
 * @param creates whether the object is not there yet
 * @param commands what to send, in order; empty when everything is as it should be
 */
record Step(Document document, String id, boolean creates, List<Command> commands) {
    Step {
        commands = List.copyOf(commands);
    }
}
