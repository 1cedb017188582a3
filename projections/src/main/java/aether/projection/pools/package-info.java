/** The view of node pools: what an event makes of it, its rows, and its queries. */
@NullMarked
package aether.projection.pools;

import org.jspecify.annotations.NullMarked;
