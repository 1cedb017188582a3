/** An event of the log as the projectors see it. */
@NullMarked
package aether.projection.event;

import org.jspecify.annotations.NullMarked;
