package aether.command.privacy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aether.command.access.Principal;
import aether.embedded.postgres.TestPostgres;
import aether.store.schema.DatabaseSettings;
import aether.store.schema.LogSchema;
import aether.store.schema.RolePasswords;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PostgresSubjectKeysTest {

    private static final Principal MIA = new Principal(Principal.Kind.USER, "acme", "mia");

    private static final SecureRandom RANDOM = new SecureRandom();

    @TempDir
    private Path directory = Path.of("");

    private DatabaseSettings owner = new DatabaseSettings("jdbc:postgresql:none", "none", "");

    private DatabaseSettings appender = owner;

    @BeforeEach
    void migrate() throws SQLException {
        TestPostgres.Database database = TestPostgres.createDatabase();
        owner = new DatabaseSettings(
                database.jdbcUrl(), database.owner().user(), database.owner().password());
        LogSchema.migrate(owner, new RolePasswords("a-secret", "r-secret", "s-secret"));
        KeySchema.migrate(owner);
        appender = owner.as(LogSchema.APPENDER, "a-secret");
    }

    private PostgresSubjectKeys open() {
        return PersonalKeys.open(
                appender, directory.resolve("keys.kek"), UUID::randomUUID, PostgresSubjectKeysTest::random);
    }

    @Test
    void makesOneKeyForSomebodyAndFindsItAgainAfterARestart() {
        String pseudonym;
        try (PostgresSubjectKeys keys = open()) {
            assertThat(keys.find(MIA)).isEmpty();
            SubjectKey made = keys.of(MIA);
            pseudonym = made.pseudonym();
            assertThat(keys.of(MIA).secret()).isEqualTo(made.secret());
        }
        try (PostgresSubjectKeys keys = open()) {
            assertThat(keys.of(MIA).pseudonym()).isEqualTo(pseudonym);
            assertThat(keys.withPseudonym(pseudonym).orElseThrow().principal()).isEqualTo(MIA);
            assertThat(keys.of(new Principal(Principal.Kind.USER, "umbrella", "mia"))
                            .pseudonym())
                    .isNotEqualTo(pseudonym);
        }
    }

    @Test
    void manyAtOnceGetOneKey() throws Exception {
        try (PostgresSubjectKeys one = open();
                PostgresSubjectKeys other = open();
                ExecutorService threads = Executors.newFixedThreadPool(4)) {
            List<Callable<String>> tries = new ArrayList<>();
            for (int index = 0; index < 16; index++) {
                PostgresSubjectKeys keys = index % 2 == 0 ? one : other;
                tries.add(() -> keys.of(MIA).pseudonym());
            }
            Set<String> pseudonyms = new HashSet<>();
            for (Future<String> tried : threads.invokeAll(tries)) {
                pseudonyms.add(tried.get());
            }
            assertThat(pseudonyms).hasSize(1);
        }
    }

    @Test
    void keepsNoNameInTheDatabase() throws SQLException {
        try (PostgresSubjectKeys keys = open()) {
            keys.of(MIA);
        }
        try (Connection connection = DriverManager.getConnection(owner.url(), owner.user(), owner.password());
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(
                        "select t::text, principal || wrapped || lookup from privacy.subject_keys t")) {
            assertThat(row.next()).isTrue();
            String hex = java.util.HexFormat.of().formatHex("mia".getBytes(StandardCharsets.UTF_8));
            assertThat(row.getString(1))
                    .doesNotContain("mia")
                    .doesNotContain("acme")
                    .doesNotContain(hex);
            assertThat(new String(row.getBytes(2), StandardCharsets.ISO_8859_1))
                    .doesNotContain("mia")
                    .doesNotContain("acme");
        }
    }

    @Test
    void onlyTheServicesOwnRoleSeesTheKeys() {
        for (DatabaseSettings role :
                List.of(owner.as(LogSchema.READER, "r-secret"), owner.as(LogSchema.SAGA, "s-secret"))) {
            assertThatThrownBy(() -> {
                        try (Connection connection =
                                        DriverManager.getConnection(role.url(), role.user(), role.password());
                                Statement statement = connection.createStatement()) {
                            statement.execute("select * from privacy.subject_keys");
                        }
                    })
                    .as(role.user())
                    .isInstanceOfSatisfying(
                            SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("42501"));
        }
    }

    @Test
    void keepsTheMasterKeyForItsOwnerAndRefusesOneThatOthersMayRead() throws IOException {
        Path file = directory.resolve("keys.kek");
        try (PostgresSubjectKeys keys = open()) {
            keys.of(MIA);
        }
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");

        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
        assertThatThrownBy(this::open).hasMessageContaining("0600");
        Files.delete(file);
        assertThatThrownBy(this::open)
                .hasMessageContaining("Expected the master key")
                .hasMessageContaining("there is no such file");
        assertThat(file).doesNotExist();
    }

    private static byte[] random(int count) {
        byte[] bytes = new byte[count];
        RANDOM.nextBytes(bytes);
        return bytes;
    }
}
