/** Tests of the workers as a whole. */
@NullMarked
package aether.reconcile;

import org.jspecify.annotations.NullMarked;
