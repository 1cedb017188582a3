package aether.command.manifest;

import aether.command.channel.ChannelRule;
import aether.command.request.Detail;
import aether.domain.cluster.Channel;
import aether.domain.cluster.ClusterState;
import aether.domain.kernel.Command;
import aether.domain.kernel.Decision;
import aether.domain.kernel.Rejection;
import aether.domain.organization.OrganizationId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** The step of one document as it grows: what the domain accepts is on the draft from there on. */
final class StepDraft {

    private final Document document;

    private final Planning planning;

    private final List<Command> commands = new ArrayList<>();

    StepDraft(Document document, Planning planning) {
        this.document = document;
        this.planning = planning;
    }

    Draft draft() {
        return planning.draft();
    }

    Channel channel() {
        return planning.channel();
    }

    Instant now() {
        return planning.now();
    }

    /** The organization that the document belongs to; null, and noted, when there is none. */
    @Nullable
    OrganizationId organization(String slug) {
        Optional<OrganizationId> holder = draft().slug(slug).holder();
        if (holder.isEmpty()) {
            broken(
                    "metadata.organization",
                    "organization_unknown",
                    "Expected an existing organization or one in this file, but there is no '" + slug + "'.");
            return null;
        }
        return holder.get();
    }

    /** Notes what is wrong with a field of the document. */
    void broken(String field, String code, String message) {
        planning.violations().broken(document.path(field), code, message);
    }

    /** Notes why nothing is done, though something would have to be. */
    void refused(Optional<Detail> refused) {
        refused.ifPresent(why -> planning.violations().broken(why.field(), why.code(), why.message()));
    }

    /** Notes a field that was made otherwise, and cannot change. */
    void immutable(String field, Object made, Object wanted) {
        if (!made.equals(wanted)) {
            broken(
                    field,
                    "immutable",
                    "Expected '" + made + "', which the cluster was made with and keeps, but got '" + wanted + "'.");
        }
    }

    /**
     * Notes that the cluster is changed through another channel; what changes nothing may be said through every one.
     */
    void allow(ClusterState cluster) {
        if (!commands.isEmpty()) {
            ChannelRule.check(cluster, channel()).ifPresent(why -> broken("metadata.name", ChannelRule.CODE, why));
        }
    }

    /**
     * Takes a command that the domain accepts and that changes something; notes why when it is refused.
     *
     * @param paths where in the document a field stands that the domain names
     */
    void accept(UnaryOperator<String> paths, Decision<? extends Rejection> decision, Command command) {
        switch (decision) {
            case Decision.Accepted<?> accepted -> {
                accepted.events().forEach(draft()::apply);
                if (!accepted.events().isEmpty()) {
                    commands.add(command);
                }
            }
            case Decision.Refused<?> refused ->
                broken(
                        paths.apply(refused.rejection().field()),
                        refused.rejection().code(),
                        refused.rejection().message());
        }
    }

    Step step(String id, boolean creates) {
        return new Step(document, id, creates, commands);
    }
}
