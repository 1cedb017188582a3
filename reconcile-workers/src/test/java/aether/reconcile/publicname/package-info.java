@NullMarked
package aether.reconcile.publicname;

import org.jspecify.annotations.NullMarked;
