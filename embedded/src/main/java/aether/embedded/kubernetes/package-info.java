/** Real Kubernetes servers as local processes, from binaries that this machine has. */
@NullMarked
package aether.embedded.kubernetes;

import org.jspecify.annotations.NullMarked;
