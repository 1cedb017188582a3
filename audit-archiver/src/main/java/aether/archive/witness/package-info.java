/** The one who remembers: keeps the newest checkpoint it has seen of a log and lets nobody take anything back. */
@NullMarked
package aether.archive.witness;

import org.jspecify.annotations.NullMarked;
