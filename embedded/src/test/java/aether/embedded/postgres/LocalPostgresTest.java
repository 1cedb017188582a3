package aether.embedded.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aether.embedded.process.Children;
import aether.embedded.process.StartFailure;
import aether.embedded.process.StartFailure.Reason;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(value = 2, unit = TimeUnit.MINUTES)
class LocalPostgresTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @TempDir
    private Path directory;

    private PostgresSettings settings() {
        return PostgresSettings.in(directory.resolve("postgres")).unsupervised();
    }

    @Test
    void keepsWhatWasCommittedAcrossAStopAndAStartOnTheSamePort() throws SQLException {
        int port;
        try (LocalPostgres postgres = LocalPostgres.start(settings())) {
            port = postgres.port();
            remember(postgres, "kept");
        }
        try (LocalPostgres postgres = LocalPostgres.start(settings())) {
            assertThat(postgres.port()).isEqualTo(port);
            assertThat(remembered(postgres)).isEqualTo("kept");
        }
    }

    @Test
    void writesToDiskBeforeItAcknowledgesAndListensOnLoopbackOnly() throws SQLException {
        try (LocalPostgres postgres = LocalPostgres.start(settings())) {
            assertThat(show(postgres, "fsync")).isEqualTo("on");
            assertThat(show(postgres, "synchronous_commit")).isEqualTo("on");
            assertThat(show(postgres, "full_page_writes")).isEqualTo("on");
            assertThat(show(postgres, "data_checksums")).isEqualTo("on");
            assertThat(show(postgres, "listen_addresses")).isEqualTo("127.0.0.1");
            assertThat(show(postgres, "unix_socket_directories")).isEmpty();
        }
    }

    @Test
    void refusesAWrongPasswordAndKeepsTheRightOneToTheUser() throws IOException {
        try (LocalPostgres postgres = LocalPostgres.start(settings())) {
            assertThatThrownBy(() -> DriverManager.getConnection(
                            postgres.jdbcUrl("postgres"), postgres.owner().user(), "guessed"))
                    .isInstanceOf(SQLException.class)
                    .hasMessageContaining("password authentication failed");
            Path file = directory.resolve("postgres/owner.password");
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                    .isEqualTo("rw-------");
            assertThat(postgres.owner()).hasToString("Owner[user=aether, password=[hidden]]");
        }
    }

    @Test
    void startsAgainAfterTheServerWasKilledAndItsBackendsWithIt() throws SQLException {
        LocalPostgres postgres = LocalPostgres.start(settings());
        remember(postgres, "before the kill");
        kill(postgres);
        assertThat(postgres.isAlive()).isFalse();
        postgres.restart();
        assertThat(remembered(postgres)).isEqualTo("before the kill");
        postgres.close();
    }

    @Test
    void endsABackendThatAKilledServerLeftBusy() throws SQLException, InterruptedException {
        try (LocalPostgres postgres = LocalPostgres.start(settings());
                Connection busy = connect(postgres);
                Statement statement = busy.createStatement()) {
            remember(postgres, "before the kill");
            Thread endless = Thread.ofVirtual().start(() -> spin(statement));
            awaitBusyBackend(postgres);
            kill(postgres);
            postgres.restart();
            assertThat(remembered(postgres)).isEqualTo("before the kill");
            assertThat(endless.join(PATIENCE)).isTrue();
        }
    }

    @Test
    void comesBackByItselfWhenSupervised() throws Exception {
        PostgresSettings supervised = PostgresSettings.in(directory.resolve("postgres"));
        try (LocalPostgres postgres = LocalPostgres.start(supervised)) {
            remember(postgres, "before the kill");
            long first = postgres.pid();
            kill(postgres);
            long deadline = System.nanoTime() + PATIENCE.toNanos();
            while (!postgres.isAlive() || postgres.pid() == first) {
                assertThat(System.nanoTime()).isLessThan(deadline);
                Thread.sleep(10);
            }
            assertThat(remembered(postgres)).isEqualTo("before the kill");
        }
    }

    @Test
    void staysStoppedWhenStoppedOnPurposeThoughSupervised() throws SQLException {
        try (LocalPostgres postgres = LocalPostgres.start(PostgresSettings.in(directory.resolve("postgres")))) {
            remember(postgres, "before the stop");
            postgres.stop();
            assertThat(postgres.isAlive()).isFalse();
            assertThatThrownBy(() -> connect(postgres)).isInstanceOf(SQLException.class);
            postgres.restart();
            assertThat(remembered(postgres)).isEqualTo("before the stop");
        }
    }

    @Test
    void refusesADirectoryThatIsInUse() {
        try (LocalPostgres postgres = LocalPostgres.start(settings())) {
            assertThatThrownBy(() -> LocalPostgres.start(settings()))
                    .isInstanceOfSatisfying(
                            StartFailure.class, e -> assertThat(e.reason()).isEqualTo(Reason.DIRECTORY_IN_USE))
                    .hasMessageContaining(Long.toString(ProcessHandle.current().pid()));
            assertThat(postgres.isAlive()).isTrue();
        }
    }

    @Test
    void refusesAPortThatIsTakenAndLeavesTheDirectoryFree() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThatThrownBy(() -> LocalPostgres.start(settings().withPort(taken.getLocalPort())))
                    .isInstanceOfSatisfying(
                            StartFailure.class, e -> assertThat(e.reason()).isEqualTo(Reason.PORT_TAKEN))
                    .hasMessageContaining("port %d", taken.getLocalPort());
        }
        try (LocalPostgres postgres = LocalPostgres.start(settings())) {
            assertThat(postgres.isAlive()).isTrue();
        }
    }

    @Test
    void beginsAnewAfterAKillInTheMiddleOfTheFirstStart() throws IOException, SQLException {
        Path unfinished = directory.resolve("postgres/data.unfinished/base");
        Files.createDirectories(unfinished);
        Files.writeString(unfinished.resolve("torn"), "half a page");
        Files.writeString(directory.resolve("postgres/owner.password.unfinished"), "half");
        try (LocalPostgres postgres = LocalPostgres.start(settings())) {
            remember(postgres, "fine");
            assertThat(remembered(postgres)).isEqualTo("fine");
        }
    }

    @Test
    void startsBesideAKilledServerWhoseNumberNobodyHasReaped() throws Exception {
        LocalPostgres.start(settings()).close();
        // The shell's child ends and stays a zombie, because what the shell turns into never asks for it.
        Process parent = new ProcessBuilder("sh", "-c", "sleep 0 & echo $!; exec sleep 600").start();
        try (BufferedReader said = parent.inputReader()) {
            long zombie = Long.parseLong(said.readLine());
            Path data = directory.resolve("postgres/data");
            assertThat(Children.awaitEnd(ProcessHandle.of(zombie).orElseThrow(), PATIENCE))
                    .isTrue();
            assertThat(Children.isUnreaped(zombie)).isTrue();
            Files.writeString(data.resolve("postmaster.pid"), zombie + "\n" + data + "\n");
            try (LocalPostgres postgres = LocalPostgres.start(settings())) {
                assertThat(postgres.isAlive()).isTrue();
            }
        } finally {
            parent.destroyForcibly();
        }
    }

    @Test
    void saysWhatTheServerSaidWhenItDoesNotStart() {
        assertThatThrownBy(() -> LocalPostgres.start(settings().with("shared_buffers", "a lot")))
                .isInstanceOfSatisfying(
                        StartFailure.class, e -> assertThat(e.reason()).isEqualTo(Reason.BROKEN))
                .hasMessageContaining("shared_buffers")
                .hasMessageContaining("postgres.log");
    }

    private static void kill(LocalPostgres postgres) {
        ProcessHandle server = ProcessHandle.of(postgres.pid()).orElseThrow();
        assertThat(server.destroyForcibly()).isTrue();
        server.onExit().join();
    }

    private static Connection connect(LocalPostgres postgres) throws SQLException {
        return DriverManager.getConnection(
                postgres.jdbcUrl("postgres"),
                postgres.owner().user(),
                postgres.owner().password());
    }

    private static void remember(LocalPostgres postgres, String text) throws SQLException {
        try (Connection connection = connect(postgres);
                Statement statement = connection.createStatement()) {
            statement.execute("create table note (text text)");
            statement.execute("insert into note values ('%s')".formatted(text));
        }
    }

    private static String remembered(LocalPostgres postgres) throws SQLException {
        return single(postgres, "select text from note");
    }

    private static String show(LocalPostgres postgres, String parameter) throws SQLException {
        return single(postgres, "show " + parameter);
    }

    private static String single(LocalPostgres postgres, String query) throws SQLException {
        try (Connection connection = connect(postgres);
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(query)) {
            assertThat(row.next()).isTrue();
            return row.getString(1);
        }
    }

    private static void spin(Statement statement) {
        try {
            statement.execute("do $$ begin loop perform 1; end loop; end $$");
        } catch (SQLException e) {
            // Its backend was ended, as it should be.
        }
    }

    private static void awaitBusyBackend(LocalPostgres postgres) throws SQLException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (single(postgres, "select count(*) from pg_stat_activity where query like 'do $$ begin loop%'")
                .equals("0")) {
            assertThat(System.nanoTime()).isLessThan(deadline);
        }
    }
}
