/** Tests of the sagas. */
@NullMarked
package aether.reconcile.process;

import org.jspecify.annotations.NullMarked;
