/** Asking a store whether it really keeps what is locked, by trying to take it away. */
@NullMarked
package aether.archive.probe;

import org.jspecify.annotations.NullMarked;
