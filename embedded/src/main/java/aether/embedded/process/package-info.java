/**
 * What every part that runs as a local process needs: a lock on its directory, a port, a bounded wait, a clear failure.
 */
@NullMarked
package aether.embedded.process;

import org.jspecify.annotations.NullMarked;
