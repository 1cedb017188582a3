/** Tests of the package of this name. */
@NullMarked
package aether.reconcile.machines;

import org.jspecify.annotations.NullMarked;
