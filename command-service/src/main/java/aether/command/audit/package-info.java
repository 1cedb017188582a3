/** What this service enters into the audit trail by itself: refusals, and steps of the log's clock. */
@NullMarked
package aether.command.audit;

import org.jspecify.annotations.NullMarked;
