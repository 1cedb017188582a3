/** Work that does not go on: told once when it begins, and once when it is over. */
@NullMarked
package aether.reconcile.standing;

import org.jspecify.annotations.NullMarked;
