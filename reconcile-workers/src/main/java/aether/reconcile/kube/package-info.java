/** Kubernetes APIs as ports, and their adapters; nothing else imports the Kubernetes client. */
@NullMarked
package aether.reconcile.kube;

import org.jspecify.annotations.NullMarked;
