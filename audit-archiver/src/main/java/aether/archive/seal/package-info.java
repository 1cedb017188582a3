/** The one writer of the log: entries, then the head, then signatures, then what the world may see. */
@NullMarked
package aether.archive.seal;

import org.jspecify.annotations.NullMarked;
