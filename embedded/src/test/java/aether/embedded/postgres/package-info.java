/** Tests, and what other rooms' tests start their parts with. */
@NullMarked
package aether.embedded.postgres;

import org.jspecify.annotations.NullMarked;
