package aether.projection.intake;

import java.util.function.LongSupplier;

/** What every reading of the topic needs and none of them changes. */
record IntakeParts(String topic, Feed feed, EventReader reader, Wanted wanted, LongSupplier nanoTime) {}
