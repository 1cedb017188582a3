package aether.reconcile.addons;

import aether.reconcile.loop.Step;
import aether.reconcile.render.Difference;
import aether.reconcile.render.ObjectRef;
import aether.reconcile.render.Rendered;
import java.util.Optional;

/** What may have to be done for addons. */
public sealed interface AddonsStep extends Step {
    @Override
    default boolean isChange() {
        return switch (this) {
            case KeepNewToken unused -> true;
            case Apply unused -> true;
            case Remove unused -> true;
            case ReportDrift unused -> false;
            case ReportInstalled unused -> false;
        };
    }

    @Override
    default Optional<Drift> drift() {
        return this instanceof ReportDrift drift
                ? Optional.of(new Drift(drift.subject(), drift.correction()))
                : Optional.empty();
    }

    /** Makes the bootstrap token, unless somebody was faster. */
    record KeepNewToken() implements AddonsStep {}

    /** Makes an object of the tenant's API be as rendered. */
    record Apply(Rendered rendered, Difference difference) implements AddonsStep {}

    /** Deletes that very object of the tenant's API. */
    record Remove(ObjectRef ref, String uid) implements AddonsStep {}

    /** Says that something had drifted and was put back. */
    record ReportDrift(String subject, String correction) implements AddonsStep {}

    /** Says that everything is there. */
    record ReportInstalled() implements AddonsStep {}
}
