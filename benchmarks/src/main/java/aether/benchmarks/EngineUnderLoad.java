package aether.benchmarks;

import aether.store.axon.LogEventStorageEngine;
import aether.store.axon.MetadataKeys;
import aether.store.log.LogReader;
import aether.store.log.LogSignal;
import aether.store.log.LogWriter;
import aether.store.log.ReaderSettings;
import aether.store.log.WriterSettings;
import aether.store.schema.DatabaseSettings;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ThreadLocalRandom;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.axonframework.messaging.MetaData;

/** The log as Axon calls it: one new stream per call, one event, timed from the call to the acknowledgement. */
final class EngineUnderLoad implements AutoCloseable {

    private final LogWriter writer;

    private final LogSignal signal;

    private final LogReader reader;

    private final LogEventStorageEngine engine;

    EngineUnderLoad(DatabaseSettings appender) {
        writer = LogWriter.open(WriterSettings.of(appender), step -> {});
        signal = LogSignal.open(appender);
        reader = LogReader.open(ReaderSettings.of(appender), signal);
        engine = new LogEventStorageEngine(writer, reader, new FixedCodec());
    }

    Load.Result run(int inFlight, Duration duration) throws InterruptedException, ExecutionException {
        return Load.run(inFlight, duration, (caller, number) -> append());
    }

    void append() {
        engine.appendEvents(List.of(new GenericDomainEventMessage<>(
                "thing",
                "thing-" + random(),
                0,
                "happened",
                MetaData.from(Map.of(
                        MetadataKeys.ACTOR_TYPE, "platform",
                        MetadataKeys.ACTOR, "bench",
                        MetadataKeys.COMMAND_ID, random())),
                random().toString(),
                Instant.EPOCH)));
    }

    @Override
    public void close() {
        writer.close();
        reader.close();
        signal.close();
    }

    /** Random and cheap: SecureRandom would be half of the load. */
    static UUID random() {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        return new UUID(random.nextLong(), random.nextLong());
    }
}
