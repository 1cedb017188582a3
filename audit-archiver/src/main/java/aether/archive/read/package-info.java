/** Reading an archive as any stranger could: objects by their keys, entries by their positions. */
@NullMarked
package aether.archive.read;

import org.jspecify.annotations.NullMarked;
