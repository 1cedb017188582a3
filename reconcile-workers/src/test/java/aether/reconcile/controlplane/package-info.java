/** Tests of the package of this name. */
@NullMarked
package aether.reconcile.controlplane;

import org.jspecify.annotations.NullMarked;
