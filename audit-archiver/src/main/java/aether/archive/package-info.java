/** The audit archiver as one part: its settings, its life and what it says about itself. */
@NullMarked
package aether.archive;

import org.jspecify.annotations.NullMarked;
