package aether.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aether.archive.cosign.CosignSettings;
import aether.archive.cosign.WitnessAddress;
import aether.archive.intake.IntakeSettings;
import aether.archive.log.Cosigner;
import aether.archive.log.CosignerKey;
import aether.archive.report.ReportSettings;
import aether.archive.routine.RoutineSettings;
import aether.archive.s3.S3Credentials;
import aether.archive.s3.S3Location;
import aether.archive.seal.HeadDatabase;
import aether.archive.seal.SealSettings;
import aether.archive.stamp.StampSettings;
import aether.archive.stamp.TestAuthority;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ArchiverSettingsTest {

    private static final CosignerKey WITNESS =
            Cosigner.ed25519("witness.test/w1", new byte[32]).key();

    private static final Map<String, String> REQUIRED = Map.of(
            "AETHER_KAFKA_BOOTSTRAP_SERVERS", "kafka:9092",
            "AETHER_ARCHIVE_DIRECTORY", "/data/archive",
            "AETHER_ARCHIVE_STATE_DIRECTORY", "/data/state",
            "AETHER_ARCHIVE_ORIGIN", "audit.example.com/log");

    @Test
    void hasTheDefaultsOfTheHouse() {
        assertThat(ArchiverSettings.fromEnvironment(REQUIRED))
                .isEqualTo(new ArchiverSettings(
                        "kafka:9092",
                        "aether.events.v1",
                        "aether.wanted.v1",
                        new ArchivePlace.Directory(Path.of("/data/archive")),
                        Path.of("/data/state/audit.key"),
                        Path.of("/data/state/head"),
                        null,
                        "audit.example.com/log",
                        new SealSettings(
                                256,
                                Duration.ofSeconds(1),
                                Duration.ofSeconds(60),
                                Duration.ofDays(2647),
                                Duration.ofDays(30)),
                        new IntakeSettings(16384, 64L << 20, Duration.ofMillis(100), Duration.ofSeconds(10)),
                        StampSettings.NONE,
                        CosignSettings.NONE,
                        new ReportSettings(Path.of("/data/state/outbox"), Duration.ofMinutes(5), Duration.ofHours(1)),
                        new RoutineSettings(
                                Duration.ofDays(1), Duration.ofMinutes(10), Path.of("/data/state/verified"))));
    }

    @Test
    void readsEveryNameFromTheEnvironment(@TempDir Path directory) throws IOException {
        TestAuthority authority = TestAuthority.named("Test Time");
        Map<String, String> environment = new HashMap<>(REQUIRED);
        environment.put("AETHER_KAFKA_EVENTS_TOPIC", "events");
        environment.put("AETHER_KAFKA_WANTED_TOPIC", "wanted");
        environment.put("AETHER_ARCHIVE_KEY_FILE", "/keys/audit");
        environment.put("AETHER_ARCHIVE_HEAD_FILE", "/heads/audit");
        environment.put("AETHER_ARCHIVE_ENTRIES_PER_SEAL", "10");
        environment.put("AETHER_ARCHIVE_PUBLISH_INTERVAL", "PT2S");
        environment.put("AETHER_ARCHIVE_SEAL_INTERVAL", "PT3S");
        environment.put("AETHER_ARCHIVE_RETENTION", "P40D");
        environment.put("AETHER_ARCHIVE_PARTIAL_RETENTION", "P20D");
        environment.put("AETHER_ARCHIVE_WINDOW", "100");
        environment.put("AETHER_ARCHIVE_WINDOW_BYTES", "1000");
        environment.put("AETHER_ARCHIVE_POLL_TIMEOUT", "PT0.5S");
        environment.put("AETHER_ARCHIVE_GAP_PATIENCE", "PT5S");
        environment.put("AETHER_ARCHIVE_TSA_URLS", "https://one.example/tsa, http://two.example:8080/tsa");
        environment.put(
                "AETHER_ARCHIVE_TSA_CERTIFICATES",
                Files.writeString(directory.resolve("tsa.pem"), authority.pem()).toString());
        environment.put("AETHER_ARCHIVE_TSA_INTERVAL", "PT10M");
        environment.put(
                "AETHER_ARCHIVE_WITNESS_POLICY",
                Files.writeString(
                                directory.resolve("policy"),
                                "witness w1 " + WITNESS.vkey() + " https://witness.example/submit\nquorum w1\n")
                        .toString());
        environment.put("AETHER_ARCHIVE_WITNESS_INTERVAL", "PT7M");
        environment.put("AETHER_ARCHIVE_HEAD_DATABASE_URL", "jdbc:postgresql://db/heads");
        environment.put("AETHER_ARCHIVE_HEAD_DATABASE_USER", "archiver");
        environment.put(
                "AETHER_ARCHIVE_HEAD_DATABASE_PASSWORD_FILE",
                Files.writeString(directory.resolve("password"), "a secret\n").toString());
        environment.put("AETHER_ARCHIVE_KNOWN_REPEATS", "00ff, 11ee");
        environment.put("AETHER_ARCHIVE_INSTANCE", "archiver-0");
        environment.put("AETHER_ARCHIVE_LEASE", "PT20S");
        environment.put("AETHER_ARCHIVE_HEARTBEAT_AFTER", "PT2M");
        environment.put("AETHER_ARCHIVE_RECONCILE_EVERY", "PT30M");
        environment.put("AETHER_ARCHIVE_VERIFY_EVERY", "P7D");
        environment.put("AETHER_ARCHIVE_VERIFY_FIRST_AFTER", "PT1H");

        assertThat(ArchiverSettings.fromEnvironment(environment))
                .isEqualTo(new ArchiverSettings(
                        "kafka:9092",
                        "events",
                        "wanted",
                        new ArchivePlace.Directory(Path.of("/data/archive")),
                        Path.of("/keys/audit"),
                        Path.of("/heads/audit"),
                        new HeadDatabase(
                                "jdbc:postgresql://db/heads",
                                "archiver",
                                "a secret",
                                "archiver-0",
                                Duration.ofSeconds(20)),
                        "audit.example.com/log",
                        new SealSettings(
                                10,
                                Duration.ofSeconds(2),
                                Duration.ofSeconds(3),
                                Duration.ofDays(40),
                                Duration.ofDays(20)),
                        new IntakeSettings(
                                100, 1000, Duration.ofMillis(500), Duration.ofSeconds(5), Set.of("00ff", "11ee")),
                        new StampSettings(
                                List.of(
                                        URI.create("https://one.example/tsa"),
                                        URI.create("http://two.example:8080/tsa")),
                                authority.above(),
                                Duration.ofMinutes(10)),
                        new CosignSettings(
                                List.of(new WitnessAddress(
                                        "w1", WITNESS, URI.create("https://witness.example/submit"))),
                                Duration.ofMinutes(7)),
                        new ReportSettings(
                                Path.of("/data/state/outbox"), Duration.ofMinutes(2), Duration.ofMinutes(30)),
                        new RoutineSettings(Duration.ofDays(7), Duration.ofHours(1), Path.of("/data/state/verified"))));
    }

    @Test
    void refusesWhatCannotWork() {
        assertThatThrownBy(() -> ArchiverSettings.fromEnvironment(Map.of()))
                .hasMessage("Expected AETHER_ARCHIVE_STATE_DIRECTORY in the environment, but it is not set.");
        Map<String, String> environment = new HashMap<>(REQUIRED);
        environment.put("AETHER_ARCHIVE_SEAL_INTERVAL", "often");
        assertThatThrownBy(() -> ArchiverSettings.fromEnvironment(environment)).hasMessageContaining("but got often");
        environment.put("AETHER_ARCHIVE_SEAL_INTERVAL", "PT0S");
        assertThatThrownBy(() -> ArchiverSettings.fromEnvironment(environment))
                .hasMessage("Expected a positive seal interval, but got PT0S.");
        environment.remove("AETHER_ARCHIVE_SEAL_INTERVAL");
        environment.put("AETHER_ARCHIVE_STATE_DIRECTORY", "/data/archive/state");
        assertThatThrownBy(() -> ArchiverSettings.fromEnvironment(environment))
                .hasMessageContaining("Expected the key file outside the archive");
    }

    @Test
    void saysWhatIsWrongWithATimeStampingAuthority(@TempDir Path directory) throws IOException {
        Map<String, String> environment = new HashMap<>(REQUIRED);
        environment.put("AETHER_ARCHIVE_TSA_URLS", "https://one.example/tsa");
        assertThatThrownBy(() -> ArchiverSettings.fromEnvironment(environment))
                .hasMessage("Expected AETHER_ARCHIVE_TSA_CERTIFICATES in the environment, but it is not set.");
        Path file = directory.resolve("tsa.pem");
        environment.put("AETHER_ARCHIVE_TSA_CERTIFICATES", file.toString());
        assertThatThrownBy(() -> ArchiverSettings.fromEnvironment(environment))
                .hasMessageContaining("Expected AETHER_ARCHIVE_TSA_CERTIFICATES to name a file that can be read");
        Files.writeString(file, "hello\n");
        assertThatThrownBy(() -> ArchiverSettings.fromEnvironment(environment))
                .hasMessageContaining("Expected certificates (PEM) of time-stamping authorities in " + file);
        Files.writeString(file, TestAuthority.named("Test Time").pem());
        environment.put("AETHER_ARCHIVE_TSA_URLS", "one.example");
        assertThatThrownBy(() -> ArchiverSettings.fromEnvironment(environment))
                .hasMessageContaining("https://HOST/PATH, but got 'one.example'");
        environment.put("AETHER_ARCHIVE_TSA_URLS", "https://one.example/tsa");
        environment.put("AETHER_ARCHIVE_TSA_INTERVAL", "PT0S");
        assertThatThrownBy(() -> ArchiverSettings.fromEnvironment(environment))
                .hasMessage("Expected a positive timestamp interval, but got PT0S.");
    }

    private static Map<String, String> inBuckets(Path secret) {
        Map<String, String> environment = new HashMap<>(REQUIRED);
        environment.remove("AETHER_ARCHIVE_DIRECTORY");
        environment.put("AETHER_ARCHIVE_STORE", "s3://audit");
        environment.put("AETHER_ARCHIVE_S3_ENDPOINT", "https://s3.example.com");
        environment.put("AETHER_ARCHIVE_S3_ACCESS_KEY", "access");
        environment.put("AETHER_ARCHIVE_S3_SECRET_KEY_FILE", secret.toString());
        return environment;
    }

    @Test
    void namesADirectoryOrBuckets(@TempDir Path directory) throws IOException {
        Path secret = Files.writeString(directory.resolve("secret"), "hush\n");
        ArchivePlace buckets =
                ArchiverSettings.fromEnvironment(inBuckets(secret)).archive();
        assertThat(buckets)
                .isEqualTo(new ArchivePlace.Buckets(
                        new S3Location("audit", URI.create("https://s3.example.com"), "us-east-1"),
                        new S3Credentials("access", "hush")));
        assertThat(buckets.shown()).isEqualTo("s3://audit at https://s3.example.com");
        assertThat(buckets.toString()).doesNotContain("hush");

        Map<String, String> inDirectory = new HashMap<>(REQUIRED);
        inDirectory.put("AETHER_ARCHIVE_STORE", "worm-fs:/elsewhere");
        assertThat(ArchiverSettings.fromEnvironment(inDirectory).archive())
                .isEqualTo(new ArchivePlace.Directory(Path.of("/elsewhere")));
    }

    @Test
    void saysWhichSettingOfAStoreIsWrong(@TempDir Path directory) {
        Map<String, String> environment = inBuckets(directory.resolve("absent"));
        assertThatThrownBy(() -> ArchiverSettings.fromEnvironment(environment))
                .hasMessageContaining("Expected AETHER_ARCHIVE_S3_SECRET_KEY_FILE to name a file that can be read");
        environment.remove("AETHER_ARCHIVE_S3_ENDPOINT");
        assertThatThrownBy(() -> ArchiverSettings.fromEnvironment(environment))
                .hasMessage("Expected AETHER_ARCHIVE_S3_ENDPOINT in the environment, but it is not set.");
        environment.put("AETHER_ARCHIVE_STORE", "ftp://audit");
        assertThatThrownBy(() -> ArchiverSettings.fromEnvironment(environment))
                .hasMessage(
                        "Expected AETHER_ARCHIVE_STORE to be worm-fs:DIRECTORY or s3://BUCKET, but got 'ftp://audit'.");
    }
}
