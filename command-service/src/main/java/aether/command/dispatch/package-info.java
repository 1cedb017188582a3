/** The one way in for commands: bounded, retried, never twice; and the Axon parts behind it. */
@NullMarked
package aether.command.dispatch;

import org.jspecify.annotations.NullMarked;
