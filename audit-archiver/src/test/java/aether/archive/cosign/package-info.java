/** Tests of the asking of witnesses. */
@NullMarked
package aether.archive.cosign;

import org.jspecify.annotations.NullMarked;
