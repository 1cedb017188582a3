package aether.standalone.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import aether.archive.log.VerifierKey;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

/** Prove and check-proof on an archive whose bytes Go's sumdb packages have accepted: the golden vectors. */
class AuditProofCommandsTest {

    private static final String VKEY = "audit.example.com/log+e3a410b2+AQOhB7/zzhC+HXDdGOdLwJln5NYwm6UNXx3chmQSVTG4";
    private static final String CHECKPOINT = """
            audit.example.com/log
            3
            AKcKsZUbOSDpO7cxOBdBlx0JYMGuQc5ky21fozC//MY=

            \u2014 audit.example.com/log 46QQsm1eT1FNpydJB5E75n8gNbaWav24dfahetYJr1uvZO+r8MwrMhVz7KiJdZqOnu5zqmXexqEXsTXCNIERtPEjNwU=
            """;
    private static final String PROOF_WITHOUT_ENTRY = """
            c2sp.org/tlog-proof@v1
            index 1
            2Cnt0HE6G7BePNBhaSSkxb3iHjblNxSaICOe2vqIJfE=
            3t8ellaME6WCe7y4TZIK2yHZibXaT2Hea9Bg5SeS2pE=

            """ + CHECKPOINT;
    private static final String BUNDLE = "00077b2269223a307d00077b2269223a317d00077b2269223a327d";
    private static final String LEAVES = "d829edd0713a1bb05e3cd0616924a4c5bde21e36e537149a20239edafa8825f1"
            + "c2d65499ad89a5ece71f927cc8395c8804bfbf61b2dac475187aa1696fa36047"
            + "dedf1e96568c13a5827bbcb84d920adb21d989b5da4f61de6bd060e52792da91";

    @TempDir
    private Path directory;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private Path archive;
    private Path key;
    private Path proof;

    @BeforeEach
    void layTheArchive() throws IOException {
        archive = directory.resolve("archive");
        key = directory.resolve("log.vkey");
        proof = directory.resolve("event.tlog-proof");
        Files.createDirectories(archive.resolve("tile/0/000.p"));
        Files.createDirectories(archive.resolve("tile/entries/000.p"));
        Files.write(archive.resolve("tile/0/000.p/3"), HexFormat.of().parseHex(LEAVES));
        Files.write(archive.resolve("tile/entries/000.p/3"), HexFormat.of().parseHex(BUNDLE));
        Files.writeString(archive.resolve("checkpoint"), CHECKPOINT);
        Files.writeString(key, VKEY + "\n");
    }

    @ParameterizedTest
    @CsvSource({"0", "1", "2"})
    void whatOneProvesTheOtherChecksWithoutTheArchive(int index) throws IOException {
        assertThat(prove("--index", index + "", "--out", proof + "")).isZero();
        Files.delete(archive.resolve("checkpoint"));

        assertThat(check()).isZero();
        assertThat(out.toString())
                .contains("Proved: entry " + index + " of audit.example.com/log, at size 3")
                .contains("{\"i\":" + index + "}");
    }

    @Test
    void printsTheProofWithoutAFile() {
        assertThat(prove("--index", "1")).isZero();
        assertThat(out.toString()).isEqualTo(PROOF_WITHOUT_ENTRY.replace("index 1\n", "extra eyJpIjoxfQ==\nindex 1\n"));
    }

    @Test
    void refusesAnEntryThatWasExchanged() throws IOException {
        prove("--index", "1", "--out", proof + "");
        Files.writeString(proof, Files.readString(proof).replace("extra eyJpIjoxfQ==", "extra eyJpIjoyfQ=="));

        assertThat(check()).isEqualTo(ExitCodes.FAILED);
        assertThat(err.toString()).startsWith("Not proved: ").contains("index 1");
    }

    @Test
    void takesTheEntryFromAFileWhereTheProofDoesNotCarryIt() throws IOException {
        Path entry = directory.resolve("entry.json");
        Files.writeString(proof, PROOF_WITHOUT_ENTRY, UTF_8);
        Files.writeString(entry, "{\"i\":1}");

        assertThat(check()).isEqualTo(ExitCodes.USAGE);
        assertThat(err.toString()).contains("--entry");
        assertThat(check("--entry", entry + "")).isZero();
    }

    @ParameterizedTest
    @CsvSource({"--index,3", "--index,-1", "--event-id,nobody"})
    void saysThatThereIsNoSuchEvent(String option, String value) {
        assertThat(prove(option, value)).isEqualTo(ExitCodes.NOT_FOUND);
        assertThat(err.toString()).startsWith("Expected ").contains(value);
    }

    @Test
    void wantsToKnowWhichEvent() {
        assertThat(prove()).isEqualTo(ExitCodes.USAGE);
        assertThat(prove("--index", "1", "--event-id", "x")).isEqualTo(ExitCodes.USAGE);
    }

    @Test
    void refusesWhatIsNoProof() throws IOException {
        Files.writeString(proof, "nonsense");

        assertThat(check()).isEqualTo(ExitCodes.FAILED);
        assertThat(err.toString()).startsWith("Not proved. Expected a file that begins with c2sp.org/tlog-proof@v1");
    }

    private static final String WITNESS =
            "witness.example.com/w1+969980cf+BCmsuuFBvMrwsi4alNNNC8c2HlJtC/4SyJeUvJMilm3X";
    private static final String COSIGNATURE =
            "\u2014 witness.example.com/w1 lpmAzwAAAABpVbkAl08Ym4ec2QSTNwp8cjTm337ZQTRGwSYoden1iD946uKD3OXLOziudBxi6ovnKDklI31kIQT7nkZA69JzW3A7Dw==\n";

    private String policy(String lines) throws IOException {
        return Files.writeString(directory.resolve("policy"), lines).toString();
    }

    private void cosign() throws IOException {
        Files.createDirectories(archive.resolve("cosigned"));
        Files.createDirectories(archive.resolve("witnesses"));
        Files.writeString(archive.resolve("cosigned/00000000000000000003.969980cf"), CHECKPOINT + COSIGNATURE);
        Files.writeString(archive.resolve("witnesses/969980cf.vkey"), WITNESS + "\n");
    }

    @Test
    void aProofCarriesTheWitnesssSignatureAndAPolicyDemandsIt() throws IOException {
        String policy = policy("log " + VKEY + "\nwitness w1 " + WITNESS + "\nquorum w1\n");
        assertThat(prove("--index", "1", "--out", proof + "", "--policy", policy))
                .isEqualTo(ExitCodes.FAILED);
        assertThat(err.toString()).contains("under which the policy's quorum stands, but there is none yet.");
        assertThat(prove("--index", "1", "--out", proof + "")).isZero();
        assertThat(check("--policy", policy)).isEqualTo(ExitCodes.FAILED);
        assertThat(err.toString())
                .contains("Not witnessed as the policy demands: no witness of the policy has cosigned; not there: w1.");

        cosign();
        assertThat(prove("--index", "1", "--out", proof + "")).isZero();
        assertThat(Files.readString(proof)).endsWith(CHECKPOINT + COSIGNATURE);
        assertThat(check("--policy", policy)).isZero();
        assertThat(out.toString())
                .endsWith("{\"i\":1}\nWitnessed as the policy demands: w1 at 2026-01-01T00:00:00Z has cosigned.\n");
        assertThat(prove("--index", "1", "--policy", policy)).isZero();
    }

    @Test
    void thePolicyNamesTheLogWhereNoKeyIsBrought() throws IOException {
        cosign();
        assertThat(prove("--index", "1", "--out", proof + "")).isZero();
        String named = policy("log " + VKEY + "\nwitness w1 " + WITNESS + "\nquorum w1\n");
        assertThat(execute("check-proof", proof + "", "--policy", named)).isZero();
        String unnamed = policy("witness w1 " + WITNESS + "\nquorum w1\n");
        assertThat(execute("check-proof", proof + "", "--policy", unnamed)).isEqualTo(ExitCodes.USAGE);
        assertThat(err.toString())
                .contains("Expected --key, or a --policy with a line 'log' for audit.example.com/log");
        assertThat(execute("check-proof", proof + "")).isEqualTo(ExitCodes.USAGE);
    }

    @Test
    void thePolicysLogMustBeTheOneOfTheKey() throws IOException {
        cosign();
        assertThat(prove("--index", "1", "--out", proof + "")).isZero();
        VerifierKey other = new VerifierKey("audit.example.com/log", new byte[32]);
        String policy = policy("log " + other.vkey() + "\nwitness w1 " + WITNESS + "\nquorum w1\n");
        assertThat(check("--policy", policy)).isEqualTo(ExitCodes.FAILED);
        assertThat(err.toString()).contains("the policy does not name the key of audit.example.com/log");
    }

    @Test
    void saysWhichLineOfAPolicyCannotBeUsed() throws IOException {
        assertThat(prove("--index", "1", "--out", proof + "")).isZero();
        assertThat(check("--policy", policy("log " + VKEY + "\nquorum nobody\n")))
                .isEqualTo(ExitCodes.FAILED);
        assertThat(err.toString()).contains("Line 2: Expected a witness or a group of a line before this one");
    }

    private int prove(String... options) {
        return run(List.of("prove", "--archive", archive.toString()), options);
    }

    private int check(String... options) {
        return run(List.of("check-proof", proof.toString()), options);
    }

    private int run(List<String> command, String... options) {
        List<String> arguments = new ArrayList<>(command);
        arguments.addAll(List.of("--key", key.toString()));
        arguments.addAll(List.of(options));
        return execute(arguments.toArray(String[]::new));
    }

    private int execute(String... arguments) {
        return new CommandLine(new AuditCommand())
                .addSubcommand(new AuditProveCommand())
                .addSubcommand(new AuditCheckProofCommand())
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(arguments);
    }
}
