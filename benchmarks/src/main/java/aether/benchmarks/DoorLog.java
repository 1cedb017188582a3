package aether.benchmarks;

import aether.domain.organization.OrganizationEvent.OrganizationRenamed;
import aether.domain.organization.OrganizationId;
import aether.format.JsonEventCodec;
import aether.store.axon.LogEventStorageEngine;
import aether.store.axon.MetadataKeys;
import aether.store.log.LogReader;
import aether.store.log.LogSignal;
import aether.store.log.LogWriter;
import aether.store.log.ReaderSettings;
import aether.store.log.WriterSettings;
import aether.store.schema.DatabaseSettings;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.axonframework.messaging.MetaData;

/** What the door publishes: real events of many tenants, so that they spread over the partitions. */
final class DoorLog {

    /** A stream's events are appended as one command. */
    static final int STREAM_EVENTS = 10;

    private static final int IN_FLIGHT = 32;

    private final LogEventStorageEngine engine;

    private DoorLog(LogEventStorageEngine engine) {
        this.engine = engine;
    }

    /** Appends through Axon's engine; not measured. */
    static void fill(DatabaseSettings appender, int events) throws InterruptedException, ExecutionException {
        try (LogWriter writer = LogWriter.open(WriterSettings.of(appender), step -> {});
                LogSignal signal = LogSignal.open(appender);
                LogReader reader = LogReader.open(ReaderSettings.of(appender), signal);
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            DoorLog log = new DoorLog(new LogEventStorageEngine(writer, reader, new JsonEventCodec()));
            List<Future<?>> callers = new ArrayList<>();
            for (int caller = 0; caller < IN_FLIGHT; caller++) {
                int first = caller;
                callers.add(threads.submit(() -> log.append(first, events / STREAM_EVENTS)));
            }
            for (Future<?> caller : callers) {
                caller.get();
            }
        }
    }

    private void append(int first, int streams) {
        for (int stream = first; stream < streams; stream += IN_FLIGHT) {
            engine.appendEvents(stream(STREAM_EVENTS));
        }
    }

    /** The first events of a new organization. */
    static List<DomainEventMessage<?>> stream(int count) {
        OrganizationId organization = new OrganizationId(EngineUnderLoad.random());
        MetaData metadata = MetaData.from(Map.of(
                MetadataKeys.ACTOR_TYPE, "user",
                MetadataKeys.ACTOR, "ada",
                MetadataKeys.ORGANIZATION, organization.toString(),
                MetadataKeys.TENANT, organization.toString(),
                MetadataKeys.REQUEST_ID, EngineUnderLoad.random().toString(),
                MetadataKeys.SOURCE_ADDRESS, "192.0.2.1",
                MetadataKeys.COMMAND_ID, EngineUnderLoad.random()));
        List<DomainEventMessage<?>> events = new ArrayList<>(count);
        for (int sequence = 0; sequence < count; sequence++) {
            events.add(new GenericDomainEventMessage<>(
                    "organization",
                    "organization-" + organization.value(),
                    sequence,
                    new OrganizationRenamed(organization, "A name for a company"),
                    metadata,
                    UUID.randomUUID().toString(),
                    Instant.EPOCH));
        }
        return events;
    }
}
