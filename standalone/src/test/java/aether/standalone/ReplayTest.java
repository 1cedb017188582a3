package aether.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aether.archive.log.VerifierKey;
import aether.archive.read.DirectoryReader;
import aether.archive.seal.ArchiveStores;
import aether.archive.seal.FileHeadStore;
import aether.archive.seal.FileKey;
import aether.archive.seal.KafkaOffsets;
import aether.archive.seal.SealSettings;
import aether.archive.seal.Sealer;
import aether.archive.store.LiveFileStore;
import aether.archive.store.WormFileStore;
import aether.archive.verify.ArchiveVerifier;
import aether.archive.verify.PromisedEntries;
import aether.projection.rebuild.ViewDigest;
import aether.standalone.platform.DataDirectory;
import aether.standalone.platform.Recovery;
import aether.standalone.replay.ClusterHistory;
import aether.standalone.replay.Replay;
import aether.standalone.replay.ReplayReport;
import aether.standalone.replay.Until;
import aether.store.restore.LogNotEmptyException;
import aether.store.schema.DatabaseSettings;
import aether.store.schema.LogSchema;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** One platform lives, loses its database, and is made again from its archive alone; the steps build on each other. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ReplayTest {

    private static final Duration PATIENCE = Duration.ofMinutes(4);

    private static final Pattern PORT = Pattern.compile("event log, views: PostgreSQL on port (\\d+)");

    /** Every column of every row. */
    private static final String WHOLE_LOG = "select string_agg(e::text, E'\\n' order by position) from log.events e";

    private Path data;

    private String log;

    private ViewDigest views;

    @BeforeAll
    void liveOnce(@TempDir Path directory) throws Exception {
        data = directory.resolve("data");
        Files.createDirectories(data);
        quickstart();
        try (PlatformProcess up = PlatformProcess.start(
                data.resolve("up.txt"),
                data.resolve("config.yaml"),
                "up",
                "--simulate",
                "--port",
                "0",
                "--data-dir",
                data.toString())) {
            views = viewsUpTo(up, untilQuiet(port(up)));
            up.stop();
            assertThat(up.ends(PATIENCE)).isTrue();
        }
        try (Recovery recovery = Recovery.open(new DataDirectory(data))) {
            log = ask(recovery.log(), WHOLE_LOG);
        }
    }

    private void quickstart() throws Exception {
        try (PlatformProcess process = PlatformProcess.start(
                data.resolve("printed.txt"),
                data.resolve("config.yaml"),
                "quickstart",
                "--simulate",
                "--port",
                "0",
                "--data-dir",
                data.toString())) {
            assertThat(process.ends(PATIENCE)).as(process.printed()).isTrue();
            assertThat(process.exitCode()).as(process.printed()).isZero();
        }
    }

    private static String port(PlatformProcess up) throws Exception {
        Instant end = Instant.now().plus(PATIENCE);
        Matcher port = PORT.matcher(up.printed());
        while (!port.find()) {
            assertThat(Instant.now()).as(up.printed()).isBefore(end);
            Thread.sleep(200);
            port = PORT.matcher(up.printed());
        }
        return port.group(1);
    }

    /** The size of the archive, once it has entered what it had to say at both starts, and all is archived. */
    private long untilQuiet(String port) throws Exception {
        Instant end = Instant.now().plus(PATIENCE);
        DatabaseSettings log = new DatabaseSettings(
                "jdbc:postgresql://127.0.0.1:" + port + "/aether",
                LogSchema.READER,
                Files.readString(data.resolve("secrets").resolve("reader.password"))
                        .strip());
        while (true) {
            long verdicts = Long.parseLong(ask(log, "select count(*) from log.events where type like '%store-probed'"));
            long compared =
                    Long.parseLong(ask(log, "select count(*) from log.events where type like '%log-reconciled'"));
            long events = Long.parseLong(ask(log, "select count(*) from log.events"));
            long archived = promised(data.resolve("archive")).size();
            if (verdicts == 2 && compared > 0 && events == archived) {
                return archived;
            }
            assertThat(Instant.now())
                    .as("%s verdicts, %s comparisons, %s of %s archived", verdicts, compared, archived, events)
                    .isBefore(end);
            Thread.sleep(200);
        }
    }

    /** The views of the running platform, once they have seen everything that is archived. */
    private ViewDigest viewsUpTo(PlatformProcess up, long size) throws Exception {
        Instant end = Instant.now().plus(PATIENCE);
        String password = Files.readString(data.resolve("secrets").resolve("views.password"))
                .strip();
        String url = "jdbc:postgresql://127.0.0.1:" + port(up) + "/aether_views?currentSchema=view";
        try (Connection connection = DriverManager.getConnection(url, "aether_views", password)) {
            ViewDigest digest = ViewDigest.of(connection);
            while (digest.nextWanted() < size) {
                assertThat(Instant.now()).as("views at %s of %s", digest, size).isBefore(end);
                Thread.sleep(200);
                digest = ViewDigest.of(connection);
            }
            return digest;
        }
    }

    private static String ask(DatabaseSettings database, String query) throws SQLException {
        try (Connection connection = DriverManager.getConnection(database.url(), database.user(), database.password());
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(query)) {
            assertThat(row.next()).isTrue();
            return row.getString(1);
        }
    }

    private PromisedEntries promised(Path archive) throws IOException {
        return PromisedEntries.of(
                DirectoryReader.open(archive), VerifierKey.parse(Files.readString(data.resolve("audit.vkey"))));
    }

    private ReplayReport replay(Path archive, Path into, Until until, Runnable beforeCommit) throws Exception {
        try (Recovery recovery = Recovery.open(new DataDirectory(into))) {
            return new Replay(promised(archive), until, position -> {})
                    .into(recovery.log(), recovery.views(), beforeCommit);
        }
    }

    private static void remove(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    @Test
    @Order(1)
    void refusesWhereThereIsALog() {
        assertThatThrownBy(() -> replay(data.resolve("archive"), data, new Until.End(), () -> {}))
                .isInstanceOf(LogNotEmptyException.class)
                .hasMessageContaining("log.events");
    }

    @Test
    @Order(2)
    void keepsNothingOfADamagedArchiveAndNamesTheEntry(@TempDir Path directory) throws Exception {
        Path copy = directory.resolve("archive");
        try (Stream<Path> files = Files.walk(data.resolve("archive"))) {
            for (Path file : files.toList()) {
                Files.copy(file, copy.resolve(data.resolve("archive").relativize(file)));
            }
        }
        Path bundle;
        try (Stream<Path> files = Files.walk(copy.resolve("tile").resolve("entries"))) {
            bundle = files.filter(Files::isRegularFile)
                    .filter(file -> !file.toString().contains(".lock"))
                    .max(Comparator.comparingLong(file -> file.toFile().length()))
                    .orElseThrow();
        }
        byte[] bytes = Files.readAllBytes(bundle);
        bytes[bytes.length / 2] ^= 1;
        assertThat(bundle.toFile().setWritable(true)).isTrue();
        Files.write(bundle, bytes);

        Path into = directory.resolve("into");
        assertThatThrownBy(() -> replay(copy, into, new Until.End(), () -> {}))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageMatching("(?s)Expected .*entry \\d+.*");
        try (Recovery recovery = Recovery.open(new DataDirectory(into))) {
            assertThat(ask(recovery.log(), "select count(*) from log.events")).isEqualTo("0");
        }
    }

    @Test
    @Order(3)
    void restoresABeginningForLookingAtFromWhichNothingGoesOn(@TempDir Path directory) throws Exception {
        Path then = directory.resolve("then");
        ReplayReport report;
        try (Recovery recovery = Recovery.open(new DataDirectory(then))) {
            report = new Replay(promised(data.resolve("archive")), new Until.Position(9), position -> {})
                    .into(recovery.log(), recovery.views(), () -> recovery.markPartial("position 9"));
            assertThat(ask(recovery.log(), "select max(position) from log.events"))
                    .isEqualTo("9");
        }
        assertThat(report.isWhole()).isFalse();
        assertThat(report.views().nextWanted()).isEqualTo(10);

        try (PlatformProcess up = PlatformProcess.start(
                directory.resolve("up.txt"),
                directory.resolve("config.yaml"),
                "up",
                "--simulate",
                "--port",
                "0",
                "--data-dir",
                then.toString())) {
            assertThat(up.ends(PATIENCE)).isTrue();
            assertThat(up.exitCode()).isEqualTo(1);
            assertThat(up.printed()).contains("restored until position 9 only, for looking at");
        }
    }

    /**
     * The archive was a few events behind when the database was lost; Kafka has them, and proves to be the same log.
     */
    @Test
    @Order(4)
    void restoresWhatKafkaStillHoldsBeyondTheArchive(@TempDir Path directory) throws Exception {
        List<byte[]> entries = new ArrayList<>();
        promised(data.resolve("archive")).forEach((position, entry) -> entries.add(entry));
        int sealed = entries.size() - 10;
        Path behind = directory.resolve("archive");
        var signer = FileKey.open(data.resolve("secrets/archive/audit.key"), "aether.local/audit", new SecureRandom());
        try (FileHeadStore heads = FileHeadStore.open(directory.resolve("head"))) {
            Sealer sealer = Sealer.open(
                    new ArchiveStores(new WormFileStore(behind), new LiveFileStore(behind), heads),
                    signer,
                    SealSettings.DEFAULTS,
                    Instant::now);
            sealer.append(entries.subList(0, sealed));
            sealer.seal(KafkaOffsets.NONE);
        }
        Path into = directory.resolve("into");
        copy(data.resolve("kafka"), into.resolve("kafka"));

        StringWriter out = new StringWriter();
        int exit = Aether.commandLine()
                .setOut(new PrintWriter(out, true))
                .execute(
                        "audit",
                        "replay",
                        "--archive",
                        behind.toString(),
                        "--key",
                        data.resolve("audit.vkey").toString(),
                        "--data-dir",
                        into.toString());

        assertThat(exit).as(out.toString()).isZero();
        assertThat(out.toString())
                .contains(
                        "Restored " + entries.size() + " of " + entries.size() + " events",
                        "Kafka holds 10 events that continue the archive, positions " + sealed + " to "
                                + (entries.size() - 1) + "; ",
                        " records that both have agree.");
        try (Recovery recovery = Recovery.open(new DataDirectory(into))) {
            assertThat(ask(recovery.log(), WHOLE_LOG)).isEqualTo(log);
        }

        Path without = directory.resolve("without");
        StringWriter said = new StringWriter();
        assertThat(Aether.commandLine()
                        .setOut(new PrintWriter(said, true))
                        .execute(
                                "audit",
                                "replay",
                                "--archive",
                                behind.toString(),
                                "--key",
                                data.resolve("audit.vkey").toString(),
                                "--data-dir",
                                without.toString()))
                .isZero();
        assertThat(said.toString())
                .contains("Kafka was not asked: what was recorded from position " + sealed
                        + " on, if anything, is lost.");
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Path target = to.resolve(from.relativize(file).toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectories(target);
                } else {
                    Files.copy(file, target);
                }
            }
        }
    }

    @Test
    @Order(5)
    void isRunAgainAfterItWasCutOffAtTheLastMoment() throws Exception {
        remove(data.resolve("postgres"));
        remove(data.resolve("kafka"));

        assertThatThrownBy(() -> replay(data.resolve("archive"), data, new Until.End(), () -> {
                    throw new UncheckedIOException(new IOException("the power failed"));
                }))
                .hasMessageContaining("the power failed");
        ReplayReport report = replay(data.resolve("archive"), data, new Until.End(), () -> {});

        assertThat(report.isWhole()).isTrue();
        assertThat(report.root()).isEqualTo(promised(data.resolve("archive")).root());
        assertThat(report.views()).as("every row of every view, as it was").isEqualTo(views);
        try (Recovery recovery = Recovery.open(new DataDirectory(data))) {
            assertThat(ask(recovery.log(), WHOLE_LOG))
                    .as("every column of every row, as it was")
                    .isEqualTo(log);
        }
    }

    @Test
    @Order(6)
    void theRestoredPlatformGoesOnInTheSameLogAndTheSameTree() throws Exception {
        long before = tenantsEvents();

        quickstart();

        var report = ArchiveVerifier.verify(data.resolve("archive"), Optional.of(data.resolve("audit.vkey")));
        assertThat(report.isIntact()).as(report.verdict()).isTrue();
        assertThat(tenantsEvents())
                .as("what was there, and one kubeconfig handed out; nothing was made twice")
                .isEqualTo(before + 1);
    }

    /** All but what the archive says of itself at each start. */
    private long tenantsEvents() throws Exception {
        try (Recovery recovery = Recovery.open(new DataDirectory(data))) {
            return Long.parseLong(
                    ask(recovery.log(), "select count(*) from log.events where type not like '%.archive.%'"));
        }
    }

    @Test
    @Order(7)
    void tellsWhatAClusterWasLikeAtAMoment() throws Exception {
        List<ClusterHistory.Then> end = history("demo", Optional.of("acme"), new Until.End());
        long requested = end.getFirst().events().getFirst().position();

        assertThat(end).singleElement().satisfies(then -> {
            assertThat(then.organization()).isEqualTo("acme");
            assertThat(then.state().status().published()).isEqualTo("running");
            assertThat(then.pools()).containsOnlyKeys("workers");
            assertThat(then.events()).extracting(ClusterHistory.Happening::type).contains("cluster.running");
        });
        assertThat(history("demo", Optional.empty(), new Until.Position(requested)))
                .singleElement()
                .satisfies(then -> {
                    assertThat(then.state().status().published()).isEqualTo("provisioning");
                    assertThat(then.pools()).isEmpty();
                    assertThat(then.events()).hasSize(1);
                });
        assertThat(history("demo", Optional.empty(), new Until.Position(requested - 1)))
                .isEmpty();
        assertThat(history("demo", Optional.of("another"), new Until.End())).isEmpty();
        Instant moment = end.getFirst().events().get(5).recorded();
        assertThat(history("demo", Optional.empty(), new Until.Time(moment))
                        .getFirst()
                        .events())
                .allSatisfy(event -> assertThat(event.recorded()).isBeforeOrEqualTo(moment));
    }

    private List<ClusterHistory.Then> history(String name, Optional<String> organization, Until until)
            throws IOException {
        return ClusterHistory.read(promised(data.resolve("archive")), name, organization, until);
    }
}
