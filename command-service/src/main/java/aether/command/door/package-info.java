/** The one door by which events leave: in order, at least once, as CloudEvents onto Kafka. */
@NullMarked
package aether.command.door;

import org.jspecify.annotations.NullMarked;
