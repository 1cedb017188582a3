@NullMarked
package aether.archive.epoch;

import org.jspecify.annotations.NullMarked;
