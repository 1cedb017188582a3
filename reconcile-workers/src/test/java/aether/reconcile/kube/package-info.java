/** Tests of the package of this name. */
@NullMarked
package aether.reconcile.kube;

import org.jspecify.annotations.NullMarked;
