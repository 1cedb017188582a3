/** A customer, its name on the platform, and the names of its clusters. */
@NullMarked
package aether.domain.organization;

import org.jspecify.annotations.NullMarked;
