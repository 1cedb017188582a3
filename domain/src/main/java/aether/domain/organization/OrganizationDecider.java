package aether.domain.organization;

import aether.domain.cluster.ClusterEvent;
import aether.domain.cluster.ClusterId;
import aether.domain.kernel.Decision;
import aether.domain.kernel.DnsLabel;
import java.util.Map;
import java.util.Optional;

/** Decides what an organization may do. */
public final class OrganizationDecider {

    /** Long enough for any company's name, short enough for a line of a table. */
    static final int MAX_DISPLAY_NAME_LENGTH = 120;

    private OrganizationDecider() {}

    /** Decides one command. */
    public static Decision<OrganizationRejection> decide(OrganizationState state, OrganizationCommand command) {
        if (!state.registered()) {
            return Decision.refuse(new OrganizationRejection.UnknownOrganization(command.organizationId()));
        }
        return switch (command) {
            case OrganizationCommand.RenameOrganization rename -> rename(state, rename);
            case OrganizationCommand.RequestCluster request -> requestCluster(state, request);
            case OrganizationCommand.ReleaseClusterName release -> releaseName(state, release);
        };
    }

    static boolean isDisplayName(String name) {
        return !name.isBlank()
                && name.length() <= MAX_DISPLAY_NAME_LENGTH
                && name.chars().noneMatch(Character::isISOControl);
    }

    private static Decision<OrganizationRejection> rename(
            OrganizationState state, OrganizationCommand.RenameOrganization rename) {
        if (!isDisplayName(rename.name())) {
            return Decision.refuse(new OrganizationRejection.InvalidDisplayName(rename.name()));
        }
        return rename.name().equals(state.name())
                ? Decision.unchanged()
                : Decision.accept(new OrganizationEvent.OrganizationRenamed(rename.organizationId(), rename.name()));
    }

    private static Decision<OrganizationRejection> requestCluster(
            OrganizationState state, OrganizationCommand.RequestCluster request) {
        if (!DnsLabel.isValid(request.name())) {
            return Decision.refuse(new OrganizationRejection.InvalidName("name", request.name()));
        }
        Optional<ClusterId> holder = state.clusterNamed(request.name());
        if (holder.isPresent()) {
            return holder.get().equals(request.clusterId())
                    ? Decision.unchanged()
                    : Decision.refuse(new OrganizationRejection.NameTaken("name", request.name()));
        }
        if (!request.version().isSupported()) {
            return Decision.refuse(new OrganizationRejection.UnsupportedVersion(request.version()));
        }
        return Decision.accept(
                new OrganizationEvent.ClusterNameClaimed(request.organizationId(), request.name(), request.clusterId()),
                new ClusterEvent.ClusterRequested(
                        request.clusterId(),
                        request.organizationId(),
                        request.name(),
                        request.region(),
                        request.version(),
                        request.publicEndpoint()));
    }

    private static Decision<OrganizationRejection> releaseName(
            OrganizationState state, OrganizationCommand.ReleaseClusterName release) {
        for (Map.Entry<String, ClusterId> claim : state.clusterNames().entrySet()) {
            if (claim.getValue().equals(release.clusterId())) {
                return Decision.accept(new OrganizationEvent.ClusterNameReleased(
                        release.organizationId(), claim.getKey(), release.clusterId()));
            }
        }
        return Decision.unchanged();
    }
}
