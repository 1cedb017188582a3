/** Tests of the whole service over HTTP, on a real PostgreSQL and a real Kafka. */
@NullMarked
package aether.command;

import org.jspecify.annotations.NullMarked;
