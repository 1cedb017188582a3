/** Tests of the seal room. */
@NullMarked
package aether.archive.seal;

import org.jspecify.annotations.NullMarked;
