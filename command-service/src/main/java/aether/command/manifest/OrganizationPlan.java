package aether.command.manifest;

import aether.command.streams.Streams;
import aether.domain.organization.OrganizationCommand;
import aether.domain.organization.OrganizationDecider;
import aether.domain.organization.OrganizationId;
import aether.domain.organization.SlugCommand;
import aether.domain.organization.SlugDecider;
import aether.domain.organization.SlugState;
import java.util.Optional;

/** What the document of an organization leads to. */
final class OrganizationPlan {

    private OrganizationPlan() {}

    static Step of(Document.Organization document, StepDraft step) {
        SlugState slug = step.draft().slug(document.name());
        Optional<OrganizationId> holder = slug.holder();
        OrganizationId id = holder.orElseGet(() -> Streams.organizationId(document.name()));
        if (holder.isEmpty()) {
            var register = new SlugCommand.RegisterOrganization(
                    document.name(), id, document.displayName().orElse(document.name()));
            step.accept(FieldPaths::organization, SlugDecider.decide(slug, register), register);
        } else if (document.displayName().isPresent()) {
            var rename = new OrganizationCommand.RenameOrganization(
                    id, document.displayName().get());
            step.accept(
                    FieldPaths::organization,
                    OrganizationDecider.decide(step.draft().organization(id), rename),
                    rename);
        }
        return step.step(id.toString(), holder.isEmpty());
    }
}
