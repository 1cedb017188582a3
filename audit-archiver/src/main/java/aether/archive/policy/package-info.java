/** Whose cosignatures a reader demands under a checkpoint (C2SP tlog-policy). */
@NullMarked
package aether.archive.policy;

import org.jspecify.annotations.NullMarked;
