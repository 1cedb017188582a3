/** Tests of the pure log. */
@NullMarked
package aether.archive.log;

import org.jspecify.annotations.NullMarked;
