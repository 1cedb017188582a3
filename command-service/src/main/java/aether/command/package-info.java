/** The command service: its settings, its wiring and its main class. */
@NullMarked
package aether.command;

import org.jspecify.annotations.NullMarked;
