/** Building every view again from position 0 beside the live ones, and swapping them. */
@NullMarked
package aether.projection.rebuild;

import org.jspecify.annotations.NullMarked;
