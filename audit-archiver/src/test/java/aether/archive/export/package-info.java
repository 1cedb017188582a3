@NullMarked
package aether.archive.export;

import org.jspecify.annotations.NullMarked;
