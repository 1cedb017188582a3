/** Tests of the intake room. */
@NullMarked
package aether.archive.intake;

import org.jspecify.annotations.NullMarked;
