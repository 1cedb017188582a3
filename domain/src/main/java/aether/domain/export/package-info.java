/** Exports of the audit trail: who asked for what and why, and what was handed out. */
@NullMarked
package aether.domain.export;

import org.jspecify.annotations.NullMarked;
