/** A real PostgreSQL server as a local process on a directory of its own. */
@NullMarked
package aether.embedded.postgres;

import org.jspecify.annotations.NullMarked;
