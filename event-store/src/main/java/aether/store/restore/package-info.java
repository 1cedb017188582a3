/** Filling an empty log with rows that somebody else kept. */
@NullMarked
package aether.store.restore;

import org.jspecify.annotations.NullMarked;
