/** The simulated outside world in one process: what our workers act on, and what remembers when they die. */
@NullMarked
package aether.sandbox;

import org.jspecify.annotations.NullMarked;
