/** Tests of the verify room. */
@NullMarked
package aether.archive.verify;

import org.jspecify.annotations.NullMarked;
