/** Tests of tokens and limits. */
@NullMarked
package aether.command.access;

import org.jspecify.annotations.NullMarked;
