/** One worker per tenant at a time (law 10). */
@NullMarked
package aether.reconcile.lease;

import org.jspecify.annotations.NullMarked;
