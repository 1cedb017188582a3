package aether.reconcile.addons;

import aether.reconcile.render.Difference;
import aether.reconcile.render.Rendered;

/** What may have to be done for addons. */
public sealed interface AddonsStep {

    /** Makes the bootstrap token, unless somebody was faster. */
    record KeepNewToken() implements AddonsStep {}

    /** Makes an object of the tenant's API be as rendered. */
    record Apply(Rendered rendered, Difference difference) implements AddonsStep {}

    /** Says that something had drifted and was put back. */
    record ReportDrift(String subject, String correction) implements AddonsStep {}

    /** Says that everything is there. */
    record ReportInstalled() implements AddonsStep {}
}
