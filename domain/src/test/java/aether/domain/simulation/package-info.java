/** The whole platform in pure memory: deciders as the log, the process tables, a worker that reports, and crashes. */
@NullMarked
package aether.domain.simulation;

import org.jspecify.annotations.NullMarked;
