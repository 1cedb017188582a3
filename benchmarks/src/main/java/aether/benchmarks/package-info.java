/** Load programs: each measures beside a limit taken in the same run, and prints the ratio. */
@NullMarked
package aether.benchmarks;

import org.jspecify.annotations.NullMarked;
