/** Tests of what the log holds. */
@NullMarked
package aether.command.reconciliation;

import org.jspecify.annotations.NullMarked;
