/** Tests of {@code aether.projection.timeline}. */
@NullMarked
package aether.projection.timeline;

import org.jspecify.annotations.NullMarked;
