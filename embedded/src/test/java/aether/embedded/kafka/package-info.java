/** Tests of the broker, and the broker other rooms' tests start. */
@NullMarked
package aether.embedded.kafka;

import org.jspecify.annotations.NullMarked;
