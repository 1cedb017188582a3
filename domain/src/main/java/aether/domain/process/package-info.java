/** Long-running processes as transition tables: what to command next, and by when. */
@NullMarked
package aether.domain.process;

import org.jspecify.annotations.NullMarked;
