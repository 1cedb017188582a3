/** Tests of the package of this name. */
@NullMarked
package aether.reconcile.desired;

import org.jspecify.annotations.NullMarked;
