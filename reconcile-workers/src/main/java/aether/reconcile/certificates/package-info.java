/** The tenant's authorities and certificates: cert-manager objects only, nothing here signs. */
@NullMarked
package aether.reconcile.certificates;

import org.jspecify.annotations.NullMarked;
