package aether.reconcile.addons;

import aether.reconcile.render.ObjectRef;
import aether.reconcile.render.ResourceKind;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;

/**
 * What came along with a snapshot of another cluster and must not stay: a token of ours that would let machines join
 * whom nobody asked to, and nodes that no machine stands behind, on which pods would stay for ever.
 */
final class InheritedObjects {

    private InheritedObjects() {}

    /** Whether nodes of the other cluster may still be there. */
    static boolean mayHaveNodes(DesiredAddons desired) {
        return desired.restored() && !desired.reported();
    }

    /**
     * What takes them away. Nodes go only while the cluster's own token is not there yet: without it no machine of its
     * own can have joined, so that every node is the other cluster's.
     */
    static List<AddonsStep> removals(DesiredAddons desired, ObservedAddons observed, BootstrapToken token) {
        ObjectRef own = JoiningRendering.tokenOf(token);
        List<AddonsStep> steps = new ArrayList<>();
        if (mayHaveNodes(desired) && !observed.objects().containsKey(own)) {
            remove(steps, observed, ref -> ref.kind().equals(ResourceKind.NODE), "a node of another cluster");
        }
        remove(
                steps,
                observed,
                ref -> ref.kind().equals(ResourceKind.SECRET)
                        && ref.namespace().equals(own.namespace())
                        && ref.name().startsWith(JoiningRendering.TOKEN_PREFIX)
                        && !ref.equals(own),
                "a bootstrap token that is not in use");
        return steps;
    }

    private static void remove(
            List<AddonsStep> steps, ObservedAddons observed, Predicate<ObjectRef> which, String what) {
        observed.objects().entrySet().stream()
                .filter(entry -> which.test(entry.getKey()))
                .sorted(Comparator.comparing(entry -> entry.getKey().name()))
                .forEach(entry -> {
                    steps.add(new AddonsStep.Remove(
                            entry.getKey(), entry.getValue().at("/metadata/uid").asString("")));
                    steps.add(new AddonsStep.ReportDrift(entry.getKey().shown(), "removed: it was " + what));
                });
    }
}
