package aether.standalone.platform;

import aether.embedded.kafka.KafkaProcess;
import aether.embedded.kafka.KafkaSettings;
import aether.embedded.postgres.LocalPostgres;
import aether.embedded.postgres.PostgresSettings;
import aether.embedded.process.DirectoryLock;
import aether.embedded.process.StartFailure;
import aether.projection.database.ViewDatabase;
import aether.store.schema.DatabaseSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A data directory with its databases and nothing else running: for filling them again. */
public final class Recovery implements AutoCloseable {

    private final DirectoryLock held;
    private final DataDirectory directory;
    private final LocalPostgres postgres;
    private final DatabaseSettings log;
    private final ViewDatabase views;
    private @Nullable KafkaProcess kafka; // null until it is asked for, or when its directory is lost

    private Recovery(DirectoryLock held, DataDirectory directory, LocalPostgres postgres, RoleSecrets secrets)
            throws SQLException {
        this.held = held;
        this.directory = directory;
        this.postgres = postgres;
        Databases databases = new Databases(postgres, secrets);
        databases.prepare();
        this.log = databases.owner();
        this.views = new ViewDatabase(new aether.projection.database.DatabaseSettings(
                databases.viewsUrl(), databases.viewsRole(), secrets.views(), Services.VIEWS));
    }

    /**
     * Takes a directory, which may be empty, and starts its PostgreSQL; secrets that are there are kept.
     *
     * @throws PlatformFailure when it is in use, or the database does not start
     */
    public static Recovery open(DataDirectory directory) {
        try {
            DirectoryLock held = DirectoryLock.take(directory.root());
            boolean opened = false;
            try {
                directory.create();
                RoleSecrets secrets = RoleSecrets.in(directory, new SecureRandom());
                LocalPostgres postgres = LocalPostgres.start(PostgresSettings.in(directory.postgres()));
                try {
                    Recovery recovery = new Recovery(held, directory, postgres, secrets);
                    opened = true;
                    return recovery;
                } finally {
                    if (!opened) {
                        postgres.close();
                    }
                }
            } finally {
                if (!opened) {
                    held.close();
                }
            }
        } catch (StartFailure e) {
            throw new PlatformFailure("PostgreSQL", String.valueOf(e.getMessage()), e);
        } catch (IOException | SQLException e) {
            throw new PlatformFailure("data directory", Sentences.of(e), e);
        }
    }

    /** The owner of the log. */
    public DatabaseSettings log() {
        return log;
    }

    /** Where Kafka answers, started from its directory; empty when that is lost too. */
    public Optional<String> kafka() {
        if (kafka == null && Files.isDirectory(directory.kafka())) {
            kafka = KafkaProcess.start(KafkaSettings.in(directory.kafka()));
        }
        return Optional.ofNullable(kafka).map(KafkaProcess::bootstrapServers);
    }

    /** The views. */
    public ViewDatabase views() {
        return views;
    }

    /** Notes that the log will end before its archive does, so that nothing goes on from there. */
    public void markPartial(String until) {
        try {
            Files.writeString(partialMark(directory), until + "\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Notes that the log will be whole. */
    public void markWhole() {
        try {
            Files.deleteIfExists(partialMark(directory));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The mark of a log that is for looking at. */
    static Path partialMark(DataDirectory directory) {
        return directory.root().resolve("restored-until");
    }

    @Override
    public void close() {
        if (kafka != null) {
            kafka.close();
        }
        views.close();
        postgres.close();
        held.close();
    }
}
