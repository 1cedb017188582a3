/** The regions of this installation, opened at start. */
@NullMarked
package aether.command.region;

import org.jspecify.annotations.NullMarked;
