/** A real Kafka broker on a directory of its own: in this JVM for tests, as a child JVM for the platform. */
@NullMarked
package aether.embedded.kafka;

import org.jspecify.annotations.NullMarked;
