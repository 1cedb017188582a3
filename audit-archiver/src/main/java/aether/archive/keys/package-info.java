/** Which key speaks for the log from where on: each hands over to the next by a statement that both sign. */
@NullMarked
package aether.archive.keys;

import org.jspecify.annotations.NullMarked;
