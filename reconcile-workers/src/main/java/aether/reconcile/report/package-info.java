/** How sagas and workers say what they want and what they saw: as commands, and only as commands. */
@NullMarked
package aether.reconcile.report;

import org.jspecify.annotations.NullMarked;
