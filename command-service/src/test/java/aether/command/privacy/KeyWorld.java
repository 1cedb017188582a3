package aether.command.privacy;

import aether.embedded.postgres.TestPostgres;
import aether.store.schema.DatabaseSettings;
import aether.store.schema.LogSchema;
import aether.store.schema.RolePasswords;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A key store on a database of its own, with its master key in a file. */
final class KeyWorld {

    /** Before it is made. */
    static final KeyWorld NONE = new KeyWorld(new DatabaseSettings("jdbc:postgresql:none", "none", ""), Path.of(""));

    private static final SecureRandom RANDOM = new SecureRandom();

    private final DatabaseSettings appender;

    private final Path file;

    private @Nullable PersonalKeys personal;

    private KeyWorld(DatabaseSettings appender, Path file) {
        this.appender = appender;
        this.file = file;
    }

    static KeyWorld create(Path directory) throws SQLException {
        TestPostgres.Database database = TestPostgres.createDatabase();
        DatabaseSettings owner = new DatabaseSettings(
                database.jdbcUrl(), database.owner().user(), database.owner().password());
        LogSchema.migrate(owner, new RolePasswords("a-secret", "r-secret", "s-secret"));
        KeySchema.migrate(owner);
        return new KeyWorld(owner.as(LogSchema.APPENDER, "a-secret"), directory.resolve("keys.kek"));
    }

    /** The store as another process opens it. */
    PersonalKeys open() {
        return PersonalKeys.open(appender, file, UUID::randomUUID, KeyWorld::random);
    }

    PersonalKeys personal() {
        PersonalKeys open = personal;
        if (open == null) {
            open = open();
            personal = open;
        }
        return open;
    }

    SubjectKeys keys() {
        return personal().keys();
    }

    /** The keys as the next start finds them. */
    SubjectKeys reopened() {
        if (personal != null) {
            personal.close();
            personal = null;
        }
        return keys();
    }

    /** Destruction with another hand on the master key. */
    KeyDestruction destruction(MasterKey master) {
        KeyStore store = KeyStore.open(appender);
        return new PostgresKeyDestruction(
                store,
                new Generations(store, master, KeyWorld::random),
                new PostgresSubjectKeys(store, master, UUID::randomUUID, KeyWorld::random));
    }

    MasterKey master() {
        return FileMasterKey.open(file, KeyWorld::random);
    }

    KeyRow row(UUID subject) {
        try (KeyStore store = KeyStore.open(appender)) {
            return store.with("look", connection -> KeyRows.bySubject(connection, subject))
                    .orElseThrow();
        }
    }

    /** A row as an old backup brings it back. */
    void putBack(KeyRow row) {
        try (KeyStore store = KeyStore.open(appender)) {
            store.with("put back", connection -> {
                try (var insert = connection.prepareStatement("insert into privacy.subject_keys (subject, number,"
                        + " generation, lookup, pseudonym, wrapped, principal, created_at, used_at)"
                        + " values (?, ?, ?, ?, ?, ?, ?, now(), now())")) {
                    insert.setObject(1, row.subject());
                    insert.setInt(2, row.number());
                    insert.setInt(3, row.generation());
                    insert.setBytes(4, row.lookup());
                    insert.setString(5, row.pseudonym());
                    insert.setBytes(6, row.wrapped());
                    insert.setBytes(7, row.principal());
                    return insert.executeUpdate();
                }
            });
        }
    }

    Path file() {
        return file;
    }

    private static byte[] random(int count) {
        byte[] bytes = new byte[count];
        RANDOM.nextBytes(bytes);
        return bytes;
    }
}
