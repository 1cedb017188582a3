/** Tests of {@code aether.projection.intake}. */
@NullMarked
package aether.projection.intake;

import org.jspecify.annotations.NullMarked;
