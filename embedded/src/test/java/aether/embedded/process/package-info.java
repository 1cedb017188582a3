/** Tests of what all local parts share, and of their life beside a process that is killed. */
@NullMarked
package aether.embedded.process;

import org.jspecify.annotations.NullMarked;
