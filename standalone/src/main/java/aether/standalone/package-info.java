/** The {@code aether} command: the composition root of all rooms. */
@NullMarked
package aether.standalone;

import org.jspecify.annotations.NullMarked;
