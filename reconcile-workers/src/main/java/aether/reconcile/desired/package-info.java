/** What the log says should be true, folded in memory from position 0. */
@NullMarked
package aether.reconcile.desired;

import org.jspecify.annotations.NullMarked;
