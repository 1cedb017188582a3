/** Tests of strict reading. */
@NullMarked
package aether.command.request;

import org.jspecify.annotations.NullMarked;
