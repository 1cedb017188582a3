/** Tests of {@code aether.projection.live}. */
@NullMarked
package aether.projection.live;

import org.jspecify.annotations.NullMarked;
