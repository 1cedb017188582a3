@NullMarked
package aether.archive.prune;

import org.jspecify.annotations.NullMarked;
