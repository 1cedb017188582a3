package aether.store.axon;

import aether.store.log.LogReader;
import aether.store.log.LogSignal;
import aether.store.log.LogWriter;
import aether.store.log.ReaderSettings;
import aether.store.log.WriterSettings;
import aether.store.schema.TestDatabase;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.axonframework.commandhandling.CommandBus;
import org.axonframework.commandhandling.CommandResultMessage;
import org.axonframework.commandhandling.GenericCommandMessage;
import org.axonframework.commandhandling.SimpleCommandBus;
import org.axonframework.commandhandling.callbacks.FutureCallback;
import org.axonframework.common.Registration;
import org.axonframework.common.transaction.NoTransactionManager;
import org.axonframework.eventsourcing.EventSourcingRepository;
import org.axonframework.messaging.correlation.CorrelationDataProvider;
import org.axonframework.messaging.interceptors.CorrelationDataInterceptor;
import org.axonframework.modelling.command.AggregateAnnotationCommandHandler;

/** One process of a command service in miniature: bus, repository, cache, store, writer, reader. */
final class Bank implements AutoCloseable {

    final AccountCodec codec = new AccountCodec();
    final LogWriter writer;
    final LogSignal signal;
    final LogReader reader;
    final LogMessageSource source;
    final LogEventStorageEngine engine;
    final LogEventStore store;
    final AggregateCache cache = new AggregateCache(100);
    private final CommandBus bus;
    private final List<Registration> registrations = new ArrayList<>();

    Bank(TestDatabase database) {
        writer = LogWriter.open(WriterSettings.of(database.appender()), step -> {});
        signal = LogSignal.open(database.reader());
        reader = LogReader.open(ReaderSettings.of(database.reader()), signal);
        source = new LogMessageSource(reader, signal, codec);
        engine = new LogEventStorageEngine(writer, reader, codec);
        store = new LogEventStore(engine, source);
        bus = SimpleCommandBus.builder()
                .transactionManager(NoTransactionManager.INSTANCE)
                .build();
        CorrelationDataProvider everything = message -> message.getMetaData();
        registrations.add(bus.registerHandlerInterceptor(new CorrelationDataInterceptor<>(everything)));
        registrations.add(AggregateAnnotationCommandHandler.<Account>builder()
                .aggregateType(Account.class)
                .repository(EventSourcingRepository.builder(Account.class)
                        .eventStore(store)
                        .cache(cache)
                        .build())
                .build()
                .subscribe(bus));
    }

    Object send(Object command) {
        return send(command, UUID.randomUUID());
    }

    Object send(Object command, UUID commandId) {
        Map<String, Object> metadata = new HashMap<>();
        metadata.put(MetadataKeys.ACTOR_TYPE, "user");
        metadata.put(MetadataKeys.ACTOR, "ada");
        metadata.put(MetadataKeys.TENANT, "t-1");
        metadata.put(MetadataKeys.COMMAND_ID, commandId);
        FutureCallback<Object, Object> callback = new FutureCallback<>();
        bus.dispatch(new GenericCommandMessage<>(command).withMetaData(metadata), callback);
        CommandResultMessage<?> result = callback.getResult();
        if (result.isExceptional()) {
            throw (RuntimeException) result.exceptionResult();
        }
        return result.getPayload();
    }

    @Override
    public void close() {
        reader.close();
        signal.close();
        writer.close();
    }
}
