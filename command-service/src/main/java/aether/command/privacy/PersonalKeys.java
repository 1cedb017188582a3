package aether.command.privacy;

import aether.store.schema.DatabaseSettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import java.util.function.IntFunction;
import java.util.function.Supplier;

/** Puts the key store together. */
public final class PersonalKeys {

    private PersonalKeys() {}

    /**
     * Opens the store; the first start makes the master key.
     *
     * @throws IllegalStateException when the store holds keys but the file that wraps them is not there
     */
    public static PostgresSubjectKeys open(
            DatabaseSettings database, Path masterKeyFile, Supplier<UUID> ids, IntFunction<byte[]> random) {
        KeyTable table = KeyTable.open(database);
        return new PostgresSubjectKeys(table, master(masterKeyFile, table, random), ids, random);
    }

    private static MasterKey master(Path file, KeyTable table, IntFunction<byte[]> random) {
        if (Files.exists(file)) {
            return FileMasterKey.open(file);
        }
        if (!table.isEmpty()) {
            throw new IllegalStateException("Expected the master key of the subjects' keys in " + file
                    + ", because the key store holds keys, but there is no such file. Without it every name in the log"
                    + " is forgotten.");
        }
        return FileMasterKey.create(file, random);
    }
}
