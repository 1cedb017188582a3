/** The composition root: everything in one process, on embedded parts. */
@NullMarked
package aether.standalone.platform;

import org.jspecify.annotations.NullMarked;
