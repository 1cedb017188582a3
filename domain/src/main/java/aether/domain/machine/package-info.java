/** The life of one VM, worker or load balancer. */
@NullMarked
package aether.domain.machine;

import org.jspecify.annotations.NullMarked;
