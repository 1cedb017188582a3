/** The view of machines: what an event makes of it, its rows, and its queries. */
@NullMarked
package aether.projection.machines;

import org.jspecify.annotations.NullMarked;
