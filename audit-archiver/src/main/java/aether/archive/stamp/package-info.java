/** Timestamps (RFC 3161): a third party says when a signed checkpoint existed at the latest. */
@NullMarked
package aether.archive.stamp;

import org.jspecify.annotations.NullMarked;
