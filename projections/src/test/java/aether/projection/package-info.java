/** Tests of {@code aether.projection}. */
@NullMarked
package aether.projection;

import org.jspecify.annotations.NullMarked;
