/** Tests of the package of this name. */
@NullMarked
package aether.reconcile.render;

import org.jspecify.annotations.NullMarked;
