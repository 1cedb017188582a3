/** The pure transparency log: RFC 6962 hashes and proofs, C2SP tlog-tiles paths, signed notes and checkpoints. */
@NullMarked
package aether.archive.log;

import org.jspecify.annotations.NullMarked;
