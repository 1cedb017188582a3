/**
 * The way to the management cluster, and the gateway that carries out its custom resources. The only package of this
 * room that knows the Kubernetes client.
 */
@NullMarked
package aether.command.gateway;

import org.jspecify.annotations.NullMarked;
