/** Machines: workers and load balancers, from reservation to deletion. */
@NullMarked
package aether.reconcile.machines;

import org.jspecify.annotations.NullMarked;
