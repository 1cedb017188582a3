/** How far the views have come: kept beside them, and watched by who waits for it. */
@NullMarked
package aether.projection.position;

import org.jspecify.annotations.NullMarked;
