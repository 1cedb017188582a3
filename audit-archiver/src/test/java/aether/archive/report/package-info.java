/** Tests of what the archiver enters into the event log. */
@NullMarked
package aether.archive.report;

import org.jspecify.annotations.NullMarked;
