/** From many Kafka partitions back to one total order: nothing twice, nothing skipped, nothing unbounded. */
@NullMarked
package aether.archive.intake;

import org.jspecify.annotations.NullMarked;
