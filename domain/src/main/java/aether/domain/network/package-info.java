/** The plan of a region: worker subnets, load-balancer addresses and VM ids, claimed and given back. */
@NullMarked
package aether.domain.network;

import org.jspecify.annotations.NullMarked;
