/** A simulated cert-manager with real X.509: issuers, certificates, and the Secrets they end in. */
@NullMarked
package aether.sandbox.certificates;

import org.jspecify.annotations.NullMarked;
