/** Tests of the store room. */
@NullMarked
package aether.archive.store;

import org.jspecify.annotations.NullMarked;
