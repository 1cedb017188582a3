/** The stranger: reads an archive with nothing but its published format, and says what it found. */
@NullMarked
package aether.archive.verify;

import org.jspecify.annotations.NullMarked;
