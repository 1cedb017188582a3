/** Tests of the package of this name. */
@NullMarked
package aether.reconcile.lease;

import org.jspecify.annotations.NullMarked;
