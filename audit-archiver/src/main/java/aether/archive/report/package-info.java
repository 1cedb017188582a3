/** What the archiver enters into the event log itself: verdicts on its store, signs of life, comparisons. */
@NullMarked
package aether.archive.report;

import org.jspecify.annotations.NullMarked;
