/** Values that every subject of the domain shares. */
@NullMarked
package aether.domain.kernel;

import org.jspecify.annotations.NullMarked;
