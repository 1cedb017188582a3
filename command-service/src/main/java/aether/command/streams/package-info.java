/** What the log says about one subject, read from its stream and folded. */
@NullMarked
package aether.command.streams;

import org.jspecify.annotations.NullMarked;
