/** Tests of {@code aether.projection.rebuild}. */
@NullMarked
package aether.projection.rebuild;

import org.jspecify.annotations.NullMarked;
