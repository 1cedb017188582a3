/** Tests of the package of this name. */
@NullMarked
package aether.reconcile.report;

import org.jspecify.annotations.NullMarked;
