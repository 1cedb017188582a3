/** The end of retention: what has been kept for as long as it had to be may go, and the rest still proves itself. */
@NullMarked
package aether.archive.prune;

import org.jspecify.annotations.NullMarked;
