@NullMarked
package aether.archive.probe;

import org.jspecify.annotations.NullMarked;
