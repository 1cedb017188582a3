/** The view of organizations: what an event makes of it, its rows, and its queries. */
@NullMarked
package aether.projection.organizations;

import org.jspecify.annotations.NullMarked;
