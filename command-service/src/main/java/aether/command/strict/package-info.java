/** Answers that wait until the entry of what was done is sealed, and bring the proof. */
@NullMarked
package aether.command.strict;

import org.jspecify.annotations.NullMarked;
