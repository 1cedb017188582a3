/** A new epoch after a proven loss: what is left of the archive, what was seen of the rest, and the step itself. */
@NullMarked
package aether.archive.epoch;

import org.jspecify.annotations.NullMarked;
