/** What documents lead to. */
@NullMarked
package aether.command.manifest;

import org.jspecify.annotations.NullMarked;
