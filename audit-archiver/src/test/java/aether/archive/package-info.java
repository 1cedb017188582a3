/** Tests of the archiver as a whole. */
@NullMarked
package aether.archive;

import org.jspecify.annotations.NullMarked;
