@NullMarked
package aether.archive.routine;

import org.jspecify.annotations.NullMarked;
