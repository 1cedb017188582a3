package aether.reconcile.machines;

import java.time.Duration;

/** What a tenant's API says about a machine as a node. */
public sealed interface NodeCondition {

    /** It cannot be asked now. */
    record Unknown() implements NodeCondition {}

    /** There is no such node. */
    record Absent() implements NodeCondition {}

    /** There is one, and it has not been ready for so long. */
    record NotReady(Duration since) implements NodeCondition {}

    /** It is ready. */
    record Ready() implements NodeCondition {}
}
