/** Tests of the log's keys over the years. */
@NullMarked
package aether.archive.keys;

import org.jspecify.annotations.NullMarked;
