package aether.reconcile;

import aether.format.EventCodec;
import aether.format.JsonEventCodec;
import aether.store.axon.LogMessageSource;
import aether.store.log.LogReader;
import aether.store.log.LogSignal;
import aether.store.log.ReaderSettings;
import aether.store.schema.DatabaseSettings;
import java.time.Duration;

/**
 * The event log as workers read it.
 *
 * @param signal tells when the log has grown
 */
public record WorkerLog(LogReader reader, LogSignal signal, EventCodec codec) implements AutoCloseable {

    /** The sagas' processor and the desired world read, and now and then both at once. */
    private static final int CONNECTIONS = 3;

    /** An outage is shown soon; whoever reads tries again. */
    private static final Duration CONNECTION_WAIT = Duration.ofSeconds(3);

    static WorkerLog open(DatabaseSettings database) {
        LogSignal signal = LogSignal.open(database);
        return new WorkerLog(
                LogReader.open(new ReaderSettings(database, CONNECTIONS, CONNECTION_WAIT), signal),
                signal,
                new JsonEventCodec());
    }

    LogMessageSource messages() {
        return new LogMessageSource(reader, signal, codec);
    }

    @Override
    public void close() {
        reader.close();
        signal.close();
    }
}
