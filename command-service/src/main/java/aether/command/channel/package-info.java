/** The rule that a cluster is changed through one channel at a time. */
@NullMarked
package aether.command.channel;

import org.jspecify.annotations.NullMarked;
