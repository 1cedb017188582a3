package aether.domain.organization;

import aether.domain.cluster.ClusterEvent;
import aether.domain.cluster.ClusterId;
import aether.domain.cluster.ClusterSnapshot;
import aether.domain.cluster.EtcdMembers;
import aether.domain.kernel.Decision;
import aether.domain.kernel.DnsLabel;
import aether.domain.kernel.Personal;
import java.util.Map;
import java.util.Optional;

/** Decides what an organization may do. */
public final class OrganizationDecider {

    /** Long enough for any company's name, short enough for a line of a table. */
    static final int MAX_DISPLAY_NAME_LENGTH = 120;

    /** RFC 5321 §4.5.3.1.3: a path has at most 256 octets, two of them brackets. */
    static final int MAX_EMAIL_LENGTH = 254;

    private OrganizationDecider() {}

    /** Decides one command. */
    public static Decision<OrganizationRejection> decide(OrganizationState state, OrganizationCommand command) {
        if (!state.registered()) {
            return Decision.refuse(new OrganizationRejection.UnknownOrganization(command.organizationId()));
        }
        return switch (command) {
            case OrganizationCommand.RenameOrganization rename -> rename(state, rename);
            case OrganizationCommand.SetBillingContact set -> setContact(set);
            case OrganizationCommand.RemoveBillingContact remove ->
                state.billingContact()
                        ? Decision.accept(new OrganizationEvent.BillingContactRemoved(remove.organizationId()))
                        : Decision.unchanged();
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

    /** A contact that is stated again is recorded again: what it was before is known to nobody here. */
    private static Decision<OrganizationRejection> setContact(OrganizationCommand.SetBillingContact set) {
        return set.email() instanceof Personal.Plain plain && !isEmailAddress(plain.text())
                ? Decision.refuse(
                        new OrganizationRejection.InvalidEmail(plain.text().length()))
                : Decision.accept(new OrganizationEvent.BillingContactSet(set.organizationId(), set.email()));
    }

    /** RFC 5321 §4.5.3.1 bounds the length; what lies before the one @ is the other side's business. */
    private static boolean isEmailAddress(String text) {
        int at = text.indexOf('@');
        return text.length() <= MAX_EMAIL_LENGTH
                && at > 0
                && at == text.lastIndexOf('@')
                && at < text.length() - 1
                && text.chars()
                        .noneMatch(character -> Character.isISOControl(character) || Character.isWhitespace(character));
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
        if (!request.version().isSupportedIn(request.region())) {
            return Decision.refuse(new OrganizationRejection.UnsupportedVersion(request.version()));
        }
        if (!EtcdMembers.ALLOWED.contains(request.etcdMembers())) {
            return Decision.refuse(new OrganizationRejection.InvalidEtcdMembers(request.etcdMembers()));
        }
        ClusterSnapshot snapshot = request.restoredFrom();
        if (snapshot != null && !ClusterSnapshot.isName(snapshot.name())) {
            return Decision.refuse(new OrganizationRejection.InvalidSnapshotName(snapshot.name()));
        }
        if (snapshot != null && !state.hasHad(snapshot.clusterId())) {
            return Decision.refuse(new OrganizationRejection.RestoreSourceUnknown(
                    snapshot.clusterId().toString()));
        }
        return Decision.accept(
                new OrganizationEvent.ClusterNameClaimed(request.organizationId(), request.name(), request.clusterId()),
                new ClusterEvent.ClusterRequested(
                        request.clusterId(),
                        request.organizationId(),
                        request.name(),
                        request.region(),
                        request.version(),
                        request.publicEndpoint(),
                        request.etcdMembers(),
                        snapshot,
                        request.channel()));
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
