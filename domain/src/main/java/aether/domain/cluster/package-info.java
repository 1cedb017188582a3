/** The life of a tenant cluster, and the names of its node pools. */
@NullMarked
package aether.domain.cluster;

import org.jspecify.annotations.NullMarked;
