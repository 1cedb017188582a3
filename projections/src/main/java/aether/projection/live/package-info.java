/** Live updates: one tail of the timeline, many listeners, each with a bounded buffer. */
@NullMarked
package aether.projection.live;

import org.jspecify.annotations.NullMarked;
