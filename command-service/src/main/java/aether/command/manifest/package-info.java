/** The gateway for manifests: documents become a plan, and the plan becomes commands. */
@NullMarked
package aether.command.manifest;

import org.jspecify.annotations.NullMarked;
