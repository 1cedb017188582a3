package aether.command.manifest;

import aether.domain.cluster.ClusterId;
import aether.domain.kernel.Command;
import aether.domain.nodepool.NodePoolId;
import aether.domain.organization.OrganizationId;
import aether.domain.organization.SlugCommand;
import java.util.List;
import java.util.UUID;

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

    /** Where the object's events are. */
    List<String> streams() {
        UUID uuid = UUID.fromString(id);
        return switch (document) {
            case Document.Organization organization ->
                List.of(new OrganizationId(uuid).stream(), SlugCommand.stream(organization.name()));
            case Document.Cluster ignored -> List.of(new ClusterId(uuid).stream());
            case Document.NodePool ignored -> List.of(new NodePoolId(uuid).stream());
        };
    }
}
