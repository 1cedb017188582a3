/** What this service's log holds, in one hash that the archive can compare with its own. */
@NullMarked
package aether.command.reconciliation;

import org.jspecify.annotations.NullMarked;
