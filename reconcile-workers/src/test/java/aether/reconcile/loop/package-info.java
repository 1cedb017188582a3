/** Tests of the worker loop. */
@NullMarked
package aether.reconcile.loop;

import org.jspecify.annotations.NullMarked;
