/** The log as Axon sees it: event storage engine, event store, message source, and a cache for aggregates. */
@NullMarked
package aether.store.axon;

import org.jspecify.annotations.NullMarked;
