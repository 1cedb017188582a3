/**
 * The process kubelet: runs the pods of a tenant's control plane as processes of this machine, from the very templates
 * and Secrets that were rendered for a real cluster.
 */
@NullMarked
package aether.sandbox.processes;

import org.jspecify.annotations.NullMarked;
