/** The reconcile workers, put together: settings, beans, start and stop. */
@NullMarked
package aether.reconcile;

import org.jspecify.annotations.NullMarked;
