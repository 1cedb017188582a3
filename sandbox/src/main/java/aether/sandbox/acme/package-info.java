/** Orders at a real ACME server (RFC 8555), as the simulated cert-manager makes them for issuers of that kind. */
@NullMarked
package aether.sandbox.acme;

import org.jspecify.annotations.NullMarked;
