package aether.command;

import aether.command.privacy.KeySchema;
import aether.format.EventCodec;
import aether.format.JsonEventCodec;
import aether.store.log.ClockStep;
import aether.store.log.LogReader;
import aether.store.log.LogSignal;
import aether.store.log.LogWriter;
import aether.store.log.ReaderSettings;
import aether.store.log.WriterSettings;
import aether.store.schema.DatabaseSettings;
import aether.store.schema.LogSchema;
import java.sql.SQLException;
import java.util.function.Consumer;

/**
 * This service's own ends of the event log.
 *
 * @param writer the one writer of this process
 * @param reader reads by position and by stream
 * @param signal wakes readers
 * @param codec events as the log keeps them
 */
record CommandLog(LogWriter writer, LogReader reader, LogSignal signal, EventCodec codec) implements AutoCloseable {

    static CommandLog open(CommandServiceSettings.Database database, Consumer<ClockStep> clockSteps) {
        database.migration().ifPresent(CommandLog::migrate);
        DatabaseSettings appender = database.as(database.appender());
        LogSignal signal = LogSignal.open(appender);
        return new CommandLog(
                LogWriter.open(WriterSettings.of(appender), clockSteps),
                LogReader.open(ReaderSettings.of(appender), signal),
                signal,
                new JsonEventCodec());
    }

    private static void migrate(CommandServiceSettings.Database.Migration migration) {
        try {
            LogSchema.migrate(migration.owner(), migration.passwords());
            KeySchema.migrate(migration.owner());
        } catch (SQLException e) {
            throw new IllegalStateException(
                    "Expected to bring the event log's schema up to date, but " + e.getMessage(), e);
        }
    }

    @Override
    public void close() {
        writer.close();
        reader.close();
        signal.close();
    }
}
