/**
 * The memory of the sandbox: an append-only file that is replayed at start, and the ledger of every effect ever done.
 */
@NullMarked
package aether.sandbox.journal;

import org.jspecify.annotations.NullMarked;
