/** A tenant's etcd, API server, controller-manager and scheduler as pods, and the proof that they serve. */
@NullMarked
package aether.reconcile.controlplane;

import org.jspecify.annotations.NullMarked;
