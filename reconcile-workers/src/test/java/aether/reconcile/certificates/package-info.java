/** Tests of the package of this name. */
@NullMarked
package aether.reconcile.certificates;

import org.jspecify.annotations.NullMarked;
