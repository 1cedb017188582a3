/** A plain simulated hypervisor over HTTP, and the Talos-like guests that boot in its machines. */
@NullMarked
package aether.sandbox.hypervisor;

import org.jspecify.annotations.NullMarked;
