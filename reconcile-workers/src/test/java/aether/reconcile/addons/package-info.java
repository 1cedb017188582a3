/** Tests of the package of this name. */
@NullMarked
package aether.reconcile.addons;

import org.jspecify.annotations.NullMarked;
