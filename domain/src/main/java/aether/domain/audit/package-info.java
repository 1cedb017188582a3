/** What only the audit trail needs to know: refusals, secrets handed out, steps of the clock. */
@NullMarked
package aether.domain.audit;

import org.jspecify.annotations.NullMarked;
