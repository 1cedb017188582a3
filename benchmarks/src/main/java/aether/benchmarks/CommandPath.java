package aether.benchmarks;

import aether.format.JsonEventCodec;
import aether.store.axon.AggregateCache;
import aether.store.axon.LogEventStorageEngine;
import aether.store.axon.LogEventStore;
import aether.store.axon.LogMessageSource;
import aether.store.axon.MetadataKeys;
import aether.store.log.LogReader;
import aether.store.log.LogSignal;
import aether.store.log.LogWriter;
import aether.store.log.ReaderSettings;
import aether.store.log.WriterSettings;
import aether.store.schema.DatabaseSettings;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.axonframework.commandhandling.CommandBus;
import org.axonframework.commandhandling.CommandResultMessage;
import org.axonframework.commandhandling.GenericCommandMessage;
import org.axonframework.commandhandling.SimpleCommandBus;
import org.axonframework.commandhandling.callbacks.FutureCallback;
import org.axonframework.common.Registration;
import org.axonframework.common.transaction.NoTransactionManager;
import org.axonframework.eventsourcing.EventSourcingRepository;
import org.axonframework.messaging.Message;
import org.axonframework.messaging.interceptors.CorrelationDataInterceptor;
import org.axonframework.modelling.command.AggregateAnnotationCommandHandler;
import org.axonframework.modelling.command.Repository;
import org.axonframework.modelling.command.RepositoryProvider;
import org.jspecify.annotations.Nullable;

/** A command bus over the log, put together as the command service does it. */
final class CommandPath implements AutoCloseable {

    private static final int CACHED_AGGREGATES = 10_000;

    private final LogWriter writer;

    private final LogSignal signal;

    private final LogReader reader;

    private final AggregateCache cache = new AggregateCache(CACHED_AGGREGATES);

    private final CommandBus bus = SimpleCommandBus.builder()
            .transactionManager(NoTransactionManager.INSTANCE)
            .build();

    private final List<Registration> registrations = new ArrayList<>();

    private final Map<Class<?>, Repository<?>> repositories = new HashMap<>();

    CommandPath(DatabaseSettings appender) {
        writer = LogWriter.open(WriterSettings.of(appender), step -> {});
        signal = LogSignal.open(appender);
        reader = LogReader.open(ReaderSettings.of(appender), signal);
        JsonEventCodec codec = new JsonEventCodec();
        LogEventStore store = new LogEventStore(
                new LogEventStorageEngine(writer, reader, codec), new LogMessageSource(reader, signal, codec));
        registrations.add(bus.registerHandlerInterceptor(new CorrelationDataInterceptor<>(Message::getMetaData)));
        CommandsBenchmark.aggregates().forEach(type -> register(type, store));
    }

    /** What the aggregate answered. */
    @Nullable
    Object send(Object command) {
        FutureCallback<Object, Object> callback = new FutureCallback<>();
        bus.dispatch(
                new GenericCommandMessage<>(command)
                        .withMetaData(Map.of(
                                MetadataKeys.ACTOR_TYPE, "user",
                                MetadataKeys.ACTOR, "ada",
                                MetadataKeys.REQUEST_ID, "request-1",
                                MetadataKeys.COMMAND_ID, EngineUnderLoad.random())),
                callback);
        CommandResultMessage<?> result = callback.getResult();
        if (result.isExceptional()) {
            throw new IllegalStateException("Expected the command to be handled", result.exceptionResult());
        }
        return result.getPayload();
    }

    /** Empties the cache, for a log that was emptied. */
    void forget() {
        cache.removeAll();
    }

    @Override
    public void close() {
        registrations.forEach(Registration::cancel);
        writer.close();
        reader.close();
        signal.close();
    }

    private <T> void register(Class<T> type, LogEventStore store) {
        Repository<T> repository = EventSourcingRepository.builder(type)
                .eventStore(store)
                .cache(cache)
                .repositoryProvider(new Repositories(repositories))
                .build();
        repositories.put(type, repository);
        registrations.add(AggregateAnnotationCommandHandler.<T>builder()
                .aggregateType(type)
                .repository(repository)
                .build()
                .subscribe(bus));
    }

    private record Repositories(Map<Class<?>, Repository<?>> all) implements RepositoryProvider {

        @Override
        @SuppressWarnings("unchecked") // put in under its own class
        public <T> Repository<T> repositoryFor(Class<T> aggregateType) {
            Repository<?> repository = all.get(aggregateType);
            if (repository == null) {
                throw new IllegalArgumentException("Expected a repository of " + aggregateType + ", but there is none");
            }
            return (Repository<T>) repository;
        }
    }
}
