package aether.standalone.cli;

import static org.assertj.core.api.Assertions.assertThat;

import aether.archive.cosign.Cosignatures;
import aether.archive.log.Cosigner;
import aether.archive.log.Ed25519Signer;
import aether.archive.log.Hash;
import aether.archive.log.SignedNote;
import aether.archive.log.VerifierKey;
import aether.archive.seal.ArchiveStores;
import aether.archive.seal.FileHeadStore;
import aether.archive.seal.KafkaOffsets;
import aether.archive.seal.SealSettings;
import aether.archive.seal.Sealer;
import aether.archive.store.LiveFileStore;
import aether.archive.store.WormFileStore;
import aether.archive.witness.Witness;
import aether.archive.witness.WitnessMemory;
import aether.archive.witness.WitnessServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** Export, its verification, verify and watch as they are typed, on an archive that our own sealer made. */
class AuditExportCommandsTest {

    private static final String ACME = "95e3ef66-280f-35d9-b914-52bb40a6aec3";
    private static final Instant NOW = Instant.parse("2026-11-27T00:00:00Z");

    @TempDir
    private Path directory;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @BeforeEach
    void makeTheArchive() throws IOException {
        Ed25519Signer signer = Ed25519Signer.fromSeed("audit.test/log", new byte[32]);
        Files.writeString(directory.resolve("log.vkey"), signer.verifierKey().vkey() + "\n");
        Files.writeString(directory.resolve("token"), "aether_secret\n");
        Path archive = directory.resolve("archive");
        try (FileHeadStore heads = FileHeadStore.open(directory.resolve("head"))) {
            ArchiveStores stores = new ArchiveStores(new WormFileStore(archive), new LiveFileStore(archive), heads);
            Sealer sealer = Sealer.open(stores, signer, SealSettings.DEFAULTS, () -> NOW);
            sealer.append(List.of(event(0, ACME), event(1, "somebody-else"), event(2, ACME)));
            sealer.seal(KafkaOffsets.NONE);
        }
    }

    private static byte[] event(int position, String organization) {
        return String.format(
                        Locale.ROOT,
                        "{\"id\":\"e%d\",\"organization\":\"%s\",\"recordedtime\":\"%s\",\"sequence\":\"%020d\","
                                + "\"source\":\"/aether/test\",\"specversion\":\"1.0\",\"streamsequence\":\"%020d\","
                                + "\"subject\":\"thing-%d\",\"time\":\"%s\",\"type\":\"test.thing.made.v1\"}",
                        position,
                        organization,
                        NOW,
                        position,
                        0,
                        position,
                        NOW)
                .getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void whatOneExportsAnotherVerifies() throws IOException {
        assertThat(run(
                        "export",
                        "--archive",
                        "archive",
                        "--key",
                        "log.vkey",
                        "--out",
                        "acme.zip",
                        "--organization",
                        ACME))
                .isZero();
        assertThat(out.toString()).contains("2 events of 3 looked at, each proven in the log of 3 entries.");

        assertThat(run("verify", "--export", "acme.zip", "--key", "log.vkey")).isZero();
        assertThat(out.toString())
                .contains("Verified with the key you brought: every event is in the log.", "Signed:  no");

        try (FileSystem zip = FileSystems.newFileSystem(directory.resolve("acme.zip"))) {
            Path csv = zip.getPath("events.csv");
            Files.writeString(csv, Files.readString(csv).replace("made", "sold"));
        }
        assertThat(run("verify", "--export", "acme.zip", "--key", "log.vkey")).isEqualTo(ExitCodes.FAILED);
        assertThat(out.toString()).contains("wrong: Expected events.csv ");
    }

    @Test
    void verifyDemandsThePolicysQuorumAndSaysWhoWasThere() throws IOException {
        Cosigner w1 = Cosigner.ed25519("witness.test/w1", new byte[32]);
        Files.writeString(
                directory.resolve("auditors.policy"),
                "log " + Files.readString(directory.resolve("log.vkey")) + "witness w1 "
                        + w1.key().vkey() + "\nquorum w1\n");
        assertThat(run("verify", "--archive", "archive", "--policy", "auditors.policy"))
                .isEqualTo(ExitCodes.FAILED);
        assertThat(out.toString())
                .contains(
                        "wrong: Expected a checkpoint under which the policy's quorum stands, but there is none: at size"
                                + " 3, no witness of the policy has cosigned; not there: w1.");

        WormFileStore worm = new WormFileStore(directory.resolve("archive"));
        String sealed = "checkpoints/00000000000000000003";
        Instant until = worm.lock(sealed).orElseThrow().until();
        SignedNote note = SignedNote.parse(new String(worm.get(sealed).orElseThrow(), StandardCharsets.UTF_8))
                .only(VerifierKey.parse(Files.readString(directory.resolve("log.vkey"))));
        worm.put(Cosignatures.witness(w1.key()), Cosignatures.text(w1.key()).getBytes(StandardCharsets.UTF_8), until);
        worm.put(
                Cosignatures.key(3, w1.key()),
                note.with(SignedNote.formatLines(List.of(w1.cosign(note.text(), NOW))))
                        .format()
                        .getBytes(StandardCharsets.UTF_8),
                until);
        assertThat(run("verify", "--archive", "archive", "--policy", "auditors.policy", "--report", "r.json"))
                .as(out.toString())
                .isZero();
        assertThat(out.toString())
                .contains("Verified with the key you brought.")
                .contains(
                        "note:  The policy's quorum stands under the checkpoint of size 3: w1 at 2026-11-27T00:00:00Z has"
                                + " cosigned.");
        assertThat(Files.readString(directory.resolve("r.json")).replaceAll("\\s+", ""))
                .contains("\"witnessed\":{\"enough\":true,\"size\":3,\"there\":[{")
                .contains("\"witness\":\"w1\"", "\"at\":\"2026-11-27T00:00:00Z\"", "\"lacking\":[]");
        assertThat(run(
                        "export",
                        "--archive",
                        "archive",
                        "--out",
                        "x.zip",
                        "--organization",
                        ACME,
                        "--evidence",
                        "none"))
                .isZero();
        assertThat(out.toString()).doesNotContain("The same bytes again");
        assertThat(run("verify", "--export", "x.zip", "--policy", "auditors.policy"))
                .isEqualTo(ExitCodes.FAILED);
        assertThat(out.toString())
                .contains("wrong: Expected a checkpoint in the export under which the policy's quorum");
        assertThat(run("export", "--archive", "archive", "--out", "x.zip", "--organization", ACME))
                .isZero();
        String again = out.toString().replaceAll("(?s).*The same bytes again: (--size 3 --evidence \\S+).*", "$1");
        byte[] first = Files.readAllBytes(directory.resolve("x.zip"));
        assertThat(run(("export --archive archive --out x.zip --organization " + ACME + " " + again).split(" ")))
                .isZero();
        assertThat(directory.resolve("x.zip")).hasBinaryContent(first);
        assertThat(run("verify", "--export", "x.zip", "--policy", "auditors.policy"))
                .isZero();
        assertThat(out.toString())
                .contains(
                        "Verified with the key you brought",
                        "note:  Witnessed by witness.test/w1: the log up to size 3, which holds all that was looked at,",
                        "note:  The policy's quorum stands under the checkpoint of size 3: w1 at 2026-11-27T00:00:00Z has"
                                + " cosigned.");
        assertThat(run("export", "--archive", "archive", "--out", "x.zip", "--platform", "--evidence", "x"))
                .isEqualTo(ExitCodes.FAILED);
        assertThat(err.toString()).contains("Expected evidence such as cosigned/");
        Files.writeString(directory.resolve("auditors.policy"), "quorum w1\n");
        assertThat(run("verify", "--archive", "archive", "--policy", "auditors.policy"))
                .isEqualTo(ExitCodes.FAILED);
        assertThat(err.toString()).contains("Line 1: Expected a witness or a group of a line before this one");
    }

    @Test
    void anExportIsEnteredBeforeItIsWrittenAndItsResultAfterwards() throws IOException {
        try (ServerDouble platform = platform()) {
            assertThat(run(with(
                            platform,
                            "export --archive archive --key log.vkey --out acme.zip --organization " + ACME
                                    + " --actor mia --reason authority-request --reference case-17")))
                    .as(err.toString())
                    .isZero();

            List<ServerDouble.Asked> asked = platform.asked();
            assertThat(asked).hasSize(2);
            assertThat(asked.getFirst().body())
                    .contains("\"type\":\"export.request\"", "\"reason\":\"authority-request\"")
                    .contains("\"reference\":\"case-17\"", "\"organization_id\":\"" + ACME + "\"")
                    .contains("\"actor\":\"named\"")
                    .doesNotContain("mia");
            String sha256 = Hash.sha256(Files.readAllBytes(directory.resolve("acme.zip")))
                    .hex();
            assertThat(asked.getLast().body())
                    .contains("\"type\":\"export.record-completed\"", sha256, "\"events\":\"0\"");
            assertThat(err.toString()).contains("Recorded as export ", ", event 41 of the log.");
        }
    }

    @Test
    void anExportThatFailsIsEnteredAsOne() {
        try (ServerDouble platform = platform()) {
            assertThat(run(with(platform, "export --archive nothing-here --out x.zip --platform --reason routine")))
                    .isEqualTo(ExitCodes.FAILED);
            assertThat(platform.asked().getLast().body())
                    .contains("\"type\":\"export.record-failed\"", "\"code\":\"not_written\"");
        }
    }

    @Test
    void nothingIsWrittenWhenItCannotBeEntered() {
        ServerDouble gone = platform();
        gone.close();

        assertThat(run(with(gone, "export --archive archive --out x.zip --platform --reason routine")))
                .isEqualTo(ExitCodes.UNREACHABLE);
        assertThat(directory.resolve("x.zip")).doesNotExist();
    }

    @Test
    void aVerificationIsEnteredWithItsVerdict() throws IOException {
        try (ServerDouble platform = platform()) {
            assertThat(run(with(platform, "verify --archive archive --key log.vkey --level 3 --reason regular-audit")))
                    .isZero();
            Path bundle = directory.resolve("archive/tile/entries/000.p/3");
            byte[] bytes = Files.readAllBytes(bundle);
            bytes[20] ^= 1;
            Files.delete(bundle);
            Files.write(bundle, bytes);
            assertThat(run(with(platform, "verify --archive archive --level 3 --reason incident")))
                    .isEqualTo(ExitCodes.FAILED);

            assertThat(platform.asked().getFirst().body())
                    .contains("\"type\":\"archive.record-verification\"", "\"archive\":\"audit.test/log\"")
                    .contains("\"level\":3", "\"intact\":true", "\"log_size\":\"3\"", "\"findings\":\"0\"");
            assertThat(platform.asked().getLast().body()).contains("\"intact\":false", "\"reason\":\"incident\"");
        }
    }

    @Test
    void offlineUseSaysThatItIsNotRecorded() {
        assertThat(run("verify", "--archive", "archive", "--level", "1")).isZero();
        assertThat(err.toString()).startsWith("Not recorded: this was done offline");
        assertThat(run("export", "--archive", "archive", "--out", "all.zip", "--platform"))
                .isZero();
        assertThat(err.toString().lines()).hasSize(2);
        assertThat(run("verify", "--export", "all.zip", "--reason", "routine")).isEqualTo(ExitCodes.USAGE);
    }

    private ServerDouble platform() {
        return new ServerDouble().on("POST /api/v1/audit/records", 200, "{\"position\":\"41\"}");
    }

    private String[] with(ServerDouble platform, String line) {
        return (line + " --server " + platform.url() + " --token-file " + directory.resolve("token")).split(" ");
    }

    private World world() {
        return new World(
                Map.of("AETHER_CONFIG", directory.resolve("config.yaml").toString()),
                directory,
                InputStream.nullInputStream(),
                () -> NOW,
                millis -> {});
    }

    @Test
    void aSignedExportIsKnownByTheMakersKey() throws IOException {
        assertThat(run(
                        "export",
                        "--archive",
                        "archive",
                        "--out",
                        "all.zip",
                        "--platform",
                        "--sign-with",
                        "export.key",
                        "-o",
                        "json"))
                .isZero();
        assertThat(out.toString()).contains("\"events\" : 3");
        Ed25519Signer maker = Ed25519Signer.parse(Files.readString(directory.resolve("export.key")));
        Files.writeString(directory.resolve("export.vkey"), maker.verifierKey().vkey());

        assertThat(run("verify", "--export", "all.zip", "--export-key", "export.vkey"))
                .isZero();
        assertThat(run("verify", "--export", "all.zip", "--export-key", "log.vkey"))
                .isEqualTo(ExitCodes.FAILED);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "export --archive archive --out x.zip",
                "export --archive archive --out x.zip --platform --organization o",
                "export --archive archive --out x.zip --platform --from yesterday",
                "export --archive archive --out x.zip --platform --from 2026-01-02T00:00:00Z --to 2026-01-01T00:00:00Z",
                "verify",
                "verify --archive archive --export x.zip",
                "verify --archive archive --level 6",
                "watch --archive archive --key log.vkey --name w --state state --every 0",
                "witness --listen nowhere --key log.vkey --name w --state state",
                "cosign --archive archive --witness http://a/ --witness http://b/ --witness-key w1.vkey --out cosigned"
            })
    void saysWhatIsExpected(String line) {
        assertThat(run(line.split(" "))).isEqualTo(ExitCodes.USAGE);
        assertThat(err.toString()).isNotBlank();
        assertThat(directory.resolve("x.zip")).doesNotExist();
    }

    @Test
    void verifiesAsDeepAsItIsTold() throws IOException {
        assertThat(run(
                        "verify",
                        "--archive",
                        "archive",
                        "--key",
                        "log.vkey",
                        "--level",
                        "2",
                        "--index",
                        "1",
                        "--report",
                        "r.json"))
                .isZero();
        assertThat(out.toString()).contains("Level:   2, ");
        assertThat(run("verify", "--archive", "archive", "--level", "2", "--index", "3"))
                .isEqualTo(ExitCodes.FAILED);
        assertThat(Files.readString(directory.resolve("r.json"))).contains("\"independent\" : true");
    }

    @Test
    void aWitnessRemembersAndRaisesWhatIsGone() throws IOException {
        assertThat(watch()).isZero();
        assertThat(watch()).isZero();
        assertThat(out.toString()).contains("grew from 0 to 3 entries", "Unchanged: audit.test/log has 3 entries");

        Files.delete(directory.resolve("archive/checkpoint"));
        assertThat(watch()).isEqualTo(ExitCodes.FAILED);
        assertThat(err.toString()).startsWith("ALARM: Expected a checkpoint, but there is none.");
    }

    @Test
    void aWitnessIsAskedOverHttp() throws IOException {
        Cosigner cosigner = Cosigner.ed25519("witness.test/w1", new byte[32]);
        VerifierKey log = VerifierKey.parse(Files.readString(directory.resolve("log.vkey")));
        Files.writeString(directory.resolve("w1.vkey"), cosigner.key().vkey() + "\n");
        int port;
        try (WitnessMemory memory = new WitnessMemory(directory.resolve("state"));
                WitnessServer server = WitnessServer.start(
                        new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                        new Witness(log, cosigner, memory, () -> NOW))) {
            port = server.port();
            assertThat(cosign(port)).isZero();
        }
        assertThat(out.toString()).contains("Cosigned by witness.test/w1.", "The checkpoint of 3 entries is in ");
        SignedNote cosigned = SignedNote.parse(Files.readString(directory.resolve("cosigned")));
        assertThat(cosigned.isSignedBy(log)).isTrue();
        assertThat(cosigner.key().cosigned(cosigned)).contains(NOW);

        Files.delete(directory.resolve("cosigned"));
        assertThat(cosign(port)).isEqualTo(ExitCodes.FAILED);
        assertThat(err.toString()).contains("Expected the witness witness.test/w1 at http://127.0.0.1:" + port);
        assertThat(directory.resolve("cosigned")).doesNotExist();
    }

    private int cosign(int port) {
        return run(
                "cosign",
                "--archive",
                "archive",
                "--witness",
                "http://127.0.0.1:" + port + "/",
                "--witness-key",
                "w1.vkey",
                "--out",
                "cosigned");
    }

    private int watch() {
        return run("watch", "--archive", "archive", "--key", "log.vkey", "--name", "w", "--state", "state", "--once");
    }

    /** Files are named as below the directory. */
    private int run(String... line) {
        List<String> files = List.of(
                "archive",
                "log.vkey",
                "acme.zip",
                "all.zip",
                "x.zip",
                "export.key",
                "export.vkey",
                "r.json",
                "state",
                "w1.vkey",
                "auditors.policy",
                "cosigned");
        String[] arguments = line.clone();
        for (int i = 1; i < arguments.length; i++) {
            if (files.contains(arguments[i])) {
                arguments[i] = directory.resolve(arguments[i]).toString();
            }
        }
        return new CommandLine(new AuditCommand())
                .addSubcommand(new AuditExportCommand(world()))
                .addSubcommand(new AuditVerifyCommand(world()))
                .addSubcommand(new AuditWatchCommand())
                .addSubcommand(new AuditWitnessCommand())
                .addSubcommand(new AuditCosignCommand())
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(arguments);
    }
}
