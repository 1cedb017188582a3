package aether.domain.cluster;

import aether.domain.kernel.Decision;
import aether.domain.privacy.SubjectDecider;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Decides who may be what in a tenant's API, and for how long. */
public final class CredentialDecider {

    /** Far more than any role model needs; a certificate's subject stays small. */
    public static final int MAX_GROUPS = 8;

    /** A day's work: what is signed cannot be taken back, it can only end. */
    public static final int MAX_HOURS = 24;

    /** Whoever is in it may do everything, by a role binding; {@code system:masters} is asked for none. */
    public static final String ADMINISTRATORS = "aether:cluster-admins";

    /** What Kubernetes keeps for itself; {@code system:masters} passes every authorization. */
    private static final String RESERVED = "system:";

    private static final Pattern GROUP = Pattern.compile("[a-z0-9]([a-z0-9:._-]{0,61}[a-z0-9])?");

    private CredentialDecider() {}

    static Decision<ClusterRejection> issue(ClusterState state, ClusterCommand.RecordCredentialIssued issued) {
        Optional<ClusterRejection> violation = check(state, issued.groups(), issued.reference());
        if (violation.isPresent()) {
            return Decision.refuse(violation.get());
        }
        return Decision.accept(new ClusterEvent.CredentialIssued(
                issued.clusterId(),
                issued.credentialId(),
                issued.groups(),
                issued.fingerprint(),
                issued.notAfter(),
                issued.reason(),
                issued.reference()));
    }

    /** Why nobody may be given a credential of these groups; asked before anything is signed, and after. */
    public static Optional<ClusterRejection> check(ClusterState state, List<String> groups, String reference) {
        boolean serves = state.reached().contains(ProvisioningStage.CONTROL_PLANE) && !ClusterDecider.isLeaving(state);
        if (serves && !state.hibernation().runsApi()) {
            return Optional.of(
                    new ClusterRejection.WrongStatus("awake, so that somebody can be let in", state.status()));
        }
        if (!serves) {
            return Optional.of(
                    new ClusterRejection.WrongStatus("serving, so that somebody can be let in", state.status()));
        }
        if (groups.isEmpty() || groups.size() > MAX_GROUPS) {
            return Optional.of(new ClusterRejection.InvalidGroups(
                    "Expected 1 to " + MAX_GROUPS + " groups, but got " + groups.size() + "."));
        }
        for (String group : groups) {
            if (!GROUP.matcher(group).matches()) {
                return Optional.of(new ClusterRejection.InvalidGroups(
                        "Expected a group of at most 63 characters a-z, 0-9, ':', '.', '_' and '-', beginning and"
                                + " ending with a letter or digit, but got other text."));
            }
            if (group.startsWith(RESERVED)) {
                return Optional.of(new ClusterRejection.InvalidGroups("Expected a group that does not begin with '"
                        + RESERVED + "', which Kubernetes keeps for itself, but got '" + group + "'; '"
                        + ADMINISTRATORS + "' may do everything."));
            }
        }
        return SubjectDecider.isReferenceOrNothing(reference)
                ? Optional.empty()
                : Optional.of(new ClusterRejection.InvalidReference(reference.length()));
    }
}
