package aether.domain.organization;

import aether.domain.kernel.Decision;
import aether.domain.kernel.DnsLabel;

/** Decides who may hold a slug. */
public final class SlugDecider {

    private SlugDecider() {}

    /** Decides one command. */
    public static Decision<OrganizationRejection> decide(SlugState state, SlugCommand command) {
        return switch (command) {
            case SlugCommand.RegisterOrganization register -> register(state, register);
        };
    }

    private static Decision<OrganizationRejection> register(
            SlugState state, SlugCommand.RegisterOrganization register) {
        if (!DnsLabel.isValid(register.slug())) {
            return Decision.refuse(new OrganizationRejection.InvalidName("slug", register.slug()));
        }
        if (!OrganizationDecider.isDisplayName(register.name())) {
            return Decision.refuse(new OrganizationRejection.InvalidDisplayName(register.name()));
        }
        if (state.heldBy() == null) {
            return Decision.accept(
                    new SlugEvent.SlugClaimed(register.slug(), register.organizationId()),
                    new OrganizationEvent.OrganizationRegistered(
                            register.organizationId(), register.slug(), register.name()));
        }
        return state.heldBy().equals(register.organizationId())
                ? Decision.unchanged()
                : Decision.refuse(new OrganizationRejection.NameTaken("slug", register.slug()));
    }
}
