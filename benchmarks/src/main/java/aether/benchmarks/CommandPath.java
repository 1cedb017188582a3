package aether.benchmarks;

import aether.command.dispatch.Actor;
import aether.command.dispatch.Appends;
import aether.command.dispatch.AxonCommands;
import aether.command.dispatch.CommandContext;
import aether.command.dispatch.CommandDispatcher;
import aether.command.dispatch.CommandEnvelope;
import aether.command.streams.Streams;
import aether.domain.kernel.Command;
import aether.domain.kernel.Outcome;
import aether.format.JsonEventCodec;
import aether.store.axon.AggregateCache;
import aether.store.axon.LogEventStorageEngine;
import aether.store.axon.LogEventStore;
import aether.store.axon.LogMessageSource;
import aether.store.log.LogReader;
import aether.store.log.LogSignal;
import aether.store.log.LogWriter;
import aether.store.log.ReaderSettings;
import aether.store.log.WriterSettings;
import aether.store.schema.DatabaseSettings;
import java.util.Random;
import org.axonframework.commandhandling.CommandBus;
import org.axonframework.config.Configuration;
import org.axonframework.config.DefaultConfigurer;

/** The command service's own dispatcher over the log, without the web server before it. */
final class CommandPath implements AutoCloseable {

    private static final int CACHED_AGGREGATES = 10_000;

    private static final CommandContext ADA =
            new CommandContext(new Actor("user", "ada"), "request-1", null, null, null, null);

    private final LogWriter writer;

    private final LogSignal signal;

    private final LogReader reader;

    private final AggregateCache cache = new AggregateCache(CACHED_AGGREGATES);

    private final Configuration axon;

    private final CommandDispatcher dispatcher;

    CommandPath(DatabaseSettings appender) {
        writer = LogWriter.open(WriterSettings.of(appender), step -> {});
        signal = LogSignal.open(appender);
        reader = LogReader.open(ReaderSettings.of(appender), signal);
        JsonEventCodec codec = new JsonEventCodec();
        Appends appends = new Appends();
        LogEventStore store = new LogEventStore(
                new LogEventStorageEngine(writer, reader, codec, appends::stored),
                new LogMessageSource(reader, signal, codec));
        AxonCommands.nameTenants(store, new Streams(reader, codec));
        CommandBus bus = AxonCommands.bus();
        var configurer = DefaultConfigurer.defaultConfiguration(false)
                .configureCommandBus(unused -> bus)
                .configureEventStore(unused -> store);
        AxonCommands.aggregates(cache).configureModule(configurer);
        axon = configurer.start();
        dispatcher = new CommandDispatcher(bus, appends, cache, reader::head, new Random(1));
    }

    /** What the aggregate answered. */
    Outcome send(Command command) {
        return dispatcher
                .dispatch(new CommandEnvelope(EngineUnderLoad.random(), command, ADA))
                .outcome();
    }

    /** Empties the cache, for a log that was emptied. */
    void forget() {
        cache.removeAll();
    }

    @Override
    public void close() {
        axon.shutdown();
        writer.close();
        reader.close();
        signal.close();
    }
}
