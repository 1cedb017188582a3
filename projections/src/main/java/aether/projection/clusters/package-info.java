/** The view of tenant clusters: what an event makes of it, its rows, and its queries. */
@NullMarked
package aether.projection.clusters;

import org.jspecify.annotations.NullMarked;
