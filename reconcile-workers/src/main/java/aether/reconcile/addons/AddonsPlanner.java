package aether.reconcile.addons;

import aether.domain.cluster.Fault;
import aether.reconcile.loop.Plan;
import aether.reconcile.render.Difference;
import aether.reconcile.render.RecentRenderings;
import aether.reconcile.render.Rendered;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Decides what to do for addons. */
public final class AddonsPlanner {

    private final AddonsRendering rendering;
    private final RecentRenderings<Inputs> recent;

    /** All that a rendering looks at. */
    private record Inputs(DesiredAddons desired, BootstrapToken token) {}

    /** Plans with a rendering. */
    public AddonsPlanner(AddonsRendering rendering) {
        this.rendering = rendering;
        this.recent = new RecentRenderings<>(inputs -> rendering.of(inputs.desired(), inputs.token()));
    }

    /** What follows from what is wanted and what is there. */
    public Plan<AddonsStep> plan(DesiredAddons desired, ObservedAddons observed) {
        if (!observed.open()) {
            return Plan.await("waiting for the tenant's API");
        }
        if (observed.token().isEmpty()) {
            return Plan.andLookAgain(List.of(new AddonsStep.KeepNewToken()), "the bootstrap token was made");
        }
        List<Rendered> wanted = recent.of(
                desired.clusterId(),
                new Inputs(desired.apartFromItsPast(), observed.token().get()));
        Optional<String> refused = rendering.refusal(wanted);
        if (refused.isPresent()) {
            return Plan.blocked(Fault.OURS, "ImageNotPinned", refused.get());
        }
        List<AddonsStep> steps = new ArrayList<>(
                InheritedObjects.removals(desired, observed, observed.token().get()));
        for (Rendered rendered : wanted) {
            Difference.between(rendered, observed.objects().get(rendered.ref())).ifPresent(difference -> {
                steps.add(new AddonsStep.Apply(rendered, difference));
                if (desired.reported() && difference.kind() != Difference.Kind.OUTDATED) {
                    steps.add(new AddonsStep.ReportDrift(rendered.ref().shown(), difference.detail()));
                }
            });
        }
        if (!desired.reported()) {
            steps.add(new AddonsStep.ReportInstalled());
        }
        return Plan.of(steps);
    }
}
