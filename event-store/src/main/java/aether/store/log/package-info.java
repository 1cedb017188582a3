/** Appending to the log and reading it: dense positions, group commit, wake-ups. Knows bytes, not events. */
@NullMarked
package aether.store.log;

import org.jspecify.annotations.NullMarked;
