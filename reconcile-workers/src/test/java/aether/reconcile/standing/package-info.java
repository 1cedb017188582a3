@NullMarked
package aether.reconcile.standing;

import org.jspecify.annotations.NullMarked;
