/** Doubles with failure switches. */
@NullMarked
package aether.reconcile.doubles;

import org.jspecify.annotations.NullMarked;
