/** The life of a node pool: identical workers, fixed or autoscaling. */
@NullMarked
package aether.domain.nodepool;

import org.jspecify.annotations.NullMarked;
