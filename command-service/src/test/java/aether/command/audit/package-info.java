/** Tests of what is entered and what is only counted. */
@NullMarked
package aether.command.audit;

import org.jspecify.annotations.NullMarked;
