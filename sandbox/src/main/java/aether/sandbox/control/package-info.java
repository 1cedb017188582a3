/** The loop that all simulated controllers run: a queue of keys, one step at a time, tried again until it holds. */
@NullMarked
package aether.sandbox.control;

import org.jspecify.annotations.NullMarked;
