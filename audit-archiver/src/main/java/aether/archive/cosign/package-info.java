/** Has witnesses cosign the log's sealed checkpoints, and keeps what they sign in the archive. */
@NullMarked
package aether.archive.cosign;

import org.jspecify.annotations.NullMarked;
