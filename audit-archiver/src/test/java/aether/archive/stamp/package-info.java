/** Timestamps before every answer that an authority, or somebody in its place, may give. */
@NullMarked
package aether.archive.stamp;

import org.jspecify.annotations.NullMarked;
