/** One sample of every event and command, for the tests of every room. */
@NullMarked
package aether.domain.samples;

import org.jspecify.annotations.NullMarked;
