/** The hypervisor as a port, and its adapter over HTTP. */
@NullMarked
package aether.reconcile.hypervisor;

import org.jspecify.annotations.NullMarked;
