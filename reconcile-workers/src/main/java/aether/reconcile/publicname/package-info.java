/** The name under which a tenant's API shows a certificate that everybody trusts; nothing of a tenant waits for it. */
@NullMarked
package aether.reconcile.publicname;

import org.jspecify.annotations.NullMarked;
