/** The worker loop, written once: a keyed queue, bounded concurrency, backoff, resync, and outcomes as values. */
@NullMarked
package aether.reconcile.loop;

import org.jspecify.annotations.NullMarked;
