/** From Kafka's partitions back to one total order, and from there into the views, each position once. */
@NullMarked
package aether.projection.intake;

import org.jspecify.annotations.NullMarked;
