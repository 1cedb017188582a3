@NullMarked
package aether.archive.witness;

import org.jspecify.annotations.NullMarked;
