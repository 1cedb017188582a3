/**
 * Exports of the audit trail: what a customer may order, who makes it (the archiver), and what the trail says of it.
 */
@NullMarked
package aether.command.exports;

import org.jspecify.annotations.NullMarked;
