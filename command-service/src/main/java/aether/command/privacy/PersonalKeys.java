package aether.command.privacy;

import aether.store.schema.DatabaseSettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The key store, put together.
 *
 * @param keys makes and finds keys
 * @param destruction ends them
 */
public record PersonalKeys(PostgresSubjectKeys keys, KeyDestruction destruction) implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(PersonalKeys.class);

    /**
     * Opens the store; the first start makes the master key.
     *
     * @throws IllegalStateException when the store holds keys but the file that wraps them is not there, or is an older
     *     copy of it
     */
    public static PersonalKeys open(
            DatabaseSettings database, Path masterKeyFile, Supplier<UUID> ids, IntFunction<byte[]> random) {
        KeyStore store = KeyStore.open(database);
        MasterKey master = master(masterKeyFile, store, random);
        compare(masterKeyFile, master, store);
        PostgresSubjectKeys keys = new PostgresSubjectKeys(store, master, ids, random);
        return new PersonalKeys(keys, new PostgresKeyDestruction(store, new Generations(store, master, random), keys));
    }

    @Override
    public void close() {
        keys.close();
    }

    /** The file is always written before the rows, so the rows are never ahead of it; but backups are put back. */
    private static void compare(Path file, MasterKey master, KeyStore store) {
        int rows = store.with("look for keys", KeyRows::newestGeneration);
        if (rows > master.newest().number()) {
            throw new IllegalStateException("Expected generation " + rows + " of the master key in " + file
                    + ", which wraps keys of the store, but the newest there is "
                    + master.newest().number() + ": it is an older copy. Put the newest one back.");
        }
        int oldest = master.inForce().getLast().number();
        int closed = store.with("look for keys", connection -> KeyRows.countBefore(connection, oldest));
        if (closed > 0) {
            LOG.warn(
                    "{} names cannot be opened: the key store is from before somebody was forgotten, the master key is not",
                    closed);
        }
    }

    private static MasterKey master(Path file, KeyStore store, IntFunction<byte[]> random) {
        if (Files.exists(file)) {
            return FileMasterKey.open(file, random);
        }
        if (store.with("look for keys", KeyRows::newestGeneration) > 0) {
            throw new IllegalStateException("Expected the master key of the subjects' keys in " + file
                    + ", because the key store holds keys, but there is no such file. Without it every name in the log"
                    + " is forgotten.");
        }
        return FileMasterKey.create(file, random);
    }
}
