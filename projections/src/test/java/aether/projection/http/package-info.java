/** Tests of {@code aether.projection.http}. */
@NullMarked
package aether.projection.http;

import org.jspecify.annotations.NullMarked;
