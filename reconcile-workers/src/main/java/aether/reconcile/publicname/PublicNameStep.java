package aether.reconcile.publicname;

import aether.domain.cluster.Fault;
import aether.domain.cluster.IssuedCertificate;
import aether.reconcile.loop.Step;
import aether.reconcile.render.ObjectRef;
import aether.reconcile.render.Rendered;

/** What may have to be done for a public name. */
public sealed interface PublicNameStep extends Step {
    @Override
    default boolean isChange() {
        return switch (this) {
            case Apply unused -> true;
            case Delete unused -> true;
            case ReportAsked unused -> false;
            case ReportIssued unused -> false;
            case ReportFailed unused -> false;
        };
    }

    /** Makes an object be as rendered. */
    record Apply(Rendered rendered) implements PublicNameStep {}

    /** Takes away what is left of a name that is not wanted any more. */
    record Delete(ObjectRef ref, String uid) implements PublicNameStep {}

    /** Says which name is asked for. */
    record ReportAsked(String name, String delegation) implements PublicNameStep {}

    /** Says that it is certified. */
    record ReportIssued(String name, IssuedCertificate certificate) implements PublicNameStep {}

    /** Says what keeps it from being certified, and whose it is. */
    record ReportFailed(String name, Fault fault, String reason) implements PublicNameStep {}
}
