/** What everyone reads: Kafka in, read models in PostgreSQL, lists, timelines and live updates out. */
@NullMarked
package aether.projection;

import org.jspecify.annotations.NullMarked;
