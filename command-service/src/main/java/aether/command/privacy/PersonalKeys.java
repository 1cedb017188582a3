package aether.command.privacy;

import aether.store.schema.DatabaseSettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import java.util.function.IntFunction;
import java.util.function.Supplier;

/**
 * The key store, put together.
 *
 * @param keys makes and finds keys
 * @param destruction ends them
 */
public record PersonalKeys(PostgresSubjectKeys keys, KeyDestruction destruction) implements AutoCloseable {

    /**
     * Opens the store; the first start makes the master key.
     *
     * @throws IllegalStateException when the store holds keys but the file that wraps them is not there
     */
    public static PersonalKeys open(
            DatabaseSettings database, Path masterKeyFile, Supplier<UUID> ids, IntFunction<byte[]> random) {
        KeyStore store = KeyStore.open(database);
        MasterKey master = master(masterKeyFile, store, random);
        PostgresSubjectKeys keys = new PostgresSubjectKeys(store, master, ids, random);
        return new PersonalKeys(keys, new PostgresKeyDestruction(store, new Generations(store, master, random), keys));
    }

    @Override
    public void close() {
        keys.close();
    }

    private static MasterKey master(Path file, KeyStore store, IntFunction<byte[]> random) {
        if (Files.exists(file)) {
            return FileMasterKey.open(file, random);
        }
        if (!store.with("look for keys", KeyRows::isEmpty)) {
            throw new IllegalStateException("Expected the master key of the subjects' keys in " + file
                    + ", because the key store holds keys, but there is no such file. Without it every name in the log"
                    + " is forgotten.");
        }
        return FileMasterKey.create(file, random);
    }
}
