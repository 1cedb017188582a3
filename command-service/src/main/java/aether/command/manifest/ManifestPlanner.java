package aether.command.manifest;

import aether.command.request.Violations;
import aether.command.streams.Streams;
import aether.domain.cluster.Channel;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Turns documents into commands by asking the domain's own deciders, on a draft: all of it is fit, or nothing is sent.
 */
final class ManifestPlanner {

    private ManifestPlanner() {}

    /**
     * The steps in the order in which they have to be taken.
     *
     * @param now when the manifest came
     */
    static List<Step> plan(
            List<Document> documents, Streams streams, List<String> openRegions, Channel channel, Instant now) {
        Planning planning = new Planning(new Draft(streams), openRegions, channel, now, new Violations());
        List<Step> steps = new ArrayList<>();
        documents.stream()
                .sorted(Comparator.comparingInt(ManifestPlanner::rank))
                .map(document -> step(document, planning))
                .flatMap(Optional::stream)
                .forEach(steps::add);
        planning.violations().refuseIfAny();
        return steps;
    }

    private static int rank(Document document) {
        return switch (document) {
            case Document.Organization ignored -> 0;
            case Document.Cluster ignored -> 1;
            case Document.NodePool ignored -> 2;
        };
    }

    private static Optional<Step> step(Document document, Planning planning) {
        StepDraft step = new StepDraft(document, planning);
        return Optional.ofNullable(
                switch (document) {
                    case Document.Organization organization -> OrganizationPlan.of(organization, step);
                    case Document.Cluster cluster -> ClusterPlan.of(cluster, planning.openRegions(), step);
                    case Document.NodePool pool -> NodePoolPlan.of(pool, step);
                });
    }
}
