/** The archiver's own verification of everything it has archived, day by day. */
@NullMarked
package aether.archive.routine;

import org.jspecify.annotations.NullMarked;
