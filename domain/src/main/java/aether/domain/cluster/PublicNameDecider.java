package aether.domain.cluster;

import aether.domain.kernel.Decision;
import java.util.Locale;
import java.util.Optional;

/** Decides what is said of a cluster's public name; what does not concern the name that counts is late, and ignored. */
final class PublicNameDecider {

    private PublicNameDecider() {}

    static Decision<ClusterRejection> choose(ClusterState state, ClusterCommand.SetPublicDomain set) {
        String domain = set.domain().toLowerCase(Locale.ROOT);
        Optional<String> wrong = domain.isEmpty() ? Optional.empty() : PublicDomains.check(domain);
        if (wrong.isPresent()) {
            return Decision.refuse(new ClusterRejection.InvalidPublicDomain(wrong.get()));
        }
        if (domain.equals(state.publicName().domain())) {
            return Decision.unchanged();
        }
        return ClusterDecider.isLeaving(state)
                ? Decision.refuse(new ClusterRejection.WrongStatus("not being taken down", state.status()))
                : Decision.accept(new ClusterEvent.PublicDomainSet(set.clusterId(), domain));
    }

    static Decision<ClusterRejection> asked(ClusterState state, ClusterCommand.RecordPublicNameAsked report) {
        PublicName known = state.publicName();
        boolean same = known.name().equals(report.name()) && known.delegation().equals(report.delegation());
        return same || ClusterDecider.isLeaving(state)
                ? Decision.unchanged()
                : Decision.accept(new ClusterEvent.PublicNameAsked(
                        report.clusterId(), report.epoch(), report.name(), report.delegation()));
    }

    static Decision<ClusterRejection> issued(ClusterState state, ClusterCommand.RecordPublicNameIssued report) {
        PublicName known = state.publicName();
        boolean news = !report.certificate().equals(known.certificate()) || known.fault() != null;
        return news && concerns(state, report.name())
                ? Decision.accept(new ClusterEvent.PublicNameIssued(
                        report.clusterId(), report.epoch(), report.name(), report.certificate()))
                : Decision.unchanged();
    }

    /** Said once for each whose turn it is: what an authority answers differs from try to try. */
    static Decision<ClusterRejection> failed(ClusterState state, ClusterCommand.RecordPublicNameFailed report) {
        return report.fault() != state.publicName().fault() && concerns(state, report.name())
                ? Decision.accept(new ClusterEvent.PublicNameFailed(
                        report.clusterId(), report.epoch(), report.name(), report.fault(), report.reason()))
                : Decision.unchanged();
    }

    private static boolean concerns(ClusterState state, String name) {
        return !ClusterDecider.isLeaving(state)
                && name.equals(state.publicName().name());
    }
}
