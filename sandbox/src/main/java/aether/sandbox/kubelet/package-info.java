/** Simulated kubelets and controllers: workloads become ready, and tenant APIs answer over real TLS. */
@NullMarked
package aether.sandbox.kubelet;

import org.jspecify.annotations.NullMarked;
