/** The way to the management cluster: the only package of this room that knows the Kubernetes client. */
@NullMarked
package aether.command.gateway;

import org.jspecify.annotations.NullMarked;
