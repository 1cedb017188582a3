/** Who may read what: bearer tokens from the token file that the command service checks too. */
@NullMarked
package aether.projection.access;

import org.jspecify.annotations.NullMarked;
