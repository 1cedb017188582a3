package aether.archive.policy;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aether.archive.log.Checkpoint;
import aether.archive.log.Cosigner;
import aether.archive.log.MerkleTree;
import aether.archive.log.SignedNote;
import aether.archive.seal.SealWorld;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WitnessPolicyTest {

    private static final String LOG = SealWorld.SIGNER.verifierKey().vkey();
    private static final Instant THEN = Instant.parse("2026-11-24T00:00:00Z");

    private static Cosigner cosigner(String name) {
        return Cosigner.ed25519("witness.test/" + name, Arrays.copyOf(name.getBytes(UTF_8), 32));
    }

    private static String vkey(String name) {
        return cosigner(name).key().vkey();
    }

    private static String witnesses(String... names) {
        return Arrays.stream(names)
                .map(name -> "witness " + name + " " + vkey(name) + "\n")
                .collect(Collectors.joining());
    }

    private static SignedNote cosigned(String... names) {
        SignedNote note = new Checkpoint(SealWorld.SIGNER.verifierKey().name(), 7, MerkleTree.leaf(new byte[0]))
                .sign(SealWorld.SIGNER);
        for (String name : names) {
            note = note.with(SignedNote.formatLines(List.of(cosigner(name).cosign(note.text(), THEN))));
        }
        return note;
    }

    private static WitnessPolicy parse(String policy) {
        return WitnessPolicy.parse(policy.getBytes(UTF_8));
    }

    private static boolean isEnough(String policy, String... present) {
        return parse(policy).judge(cosigned(present)).enough();
    }

    /** The example of the specification. */
    private static final String EXAMPLE = "log " + LOG + "\n\n"
            + witnesses("X1", "X2", "X3")
            + "group X-witnesses 2 X1 X2 X3\n\n"
            + witnesses("Y1", "Y2", "Y3")
            + "group Y-witnesses any Y1 Y2 Y3\n\n"
            + "group X-and-Y all X-witnesses Y-witnesses\n"
            + "quorum X-and-Y\n";

    @ParameterizedTest
    @CsvSource({
        "X1 X2 Y1, true",
        "X2 X3 Y3, true",
        "X1 X2 X3 Y1 Y2 Y3, true",
        "X1 X2 X3, false",
        "X1 Y1 Y2 Y3, false",
        "'', false",
    })
    void countsAsTheExampleOfTheSpecificationSays(String present, boolean enough) {
        String[] names = present.isEmpty() ? new String[0] : present.split(" ");
        assertThat(isEnough(EXAMPLE, names)).isEqualTo(enough);
    }

    @Test
    void tellsWhoWasThereAndWhoLacked() {
        Cosigned found = parse(EXAMPLE).judge(cosigned("X2", "Y1"));
        assertThat(found.there()).containsExactly(new Cosigned.Seen("X2", THEN), new Cosigned.Seen("Y1", THEN));
        assertThat(found.lacking()).containsExactly("X1", "X3", "Y2", "Y3");
        assertThat(found.clause())
                .isEqualTo("X2 at 2026-11-24T00:00:00Z, Y1 at 2026-11-24T00:00:00Z have cosigned; not there: X1, X3,"
                        + " Y2, Y3");
    }

    @Test
    void aLineThatIsNotGenuineIsNoCosignature() {
        SignedNote other = cosigned("X1");
        SignedNote moved = new Checkpoint("elsewhere.test/log", 7, MerkleTree.leaf(new byte[0]))
                .sign(SealWorld.SIGNER)
                .withAll(other.of(cosigner("X1").key()));
        assertThat(parse(witnesses("X1") + "quorum X1\n").judge(moved).enough()).isFalse();
        assertThat(parse(witnesses("X1") + "quorum X1\n").judge(other).enough()).isTrue();
    }

    @Test
    void takesAddressesCommentsTabsAndNamesThatAreNoText() {
        byte[] policy = ("# whom we believe\n \t# and so on\n\n\twitness  caf\u00e9\t" + vkey("w")
                        + " https://w.example/x \n" + "log " + LOG + " https://log.example/\nquorum caf\u00e9\n")
                .getBytes(ISO_8859_1); // a single byte e9 is no UTF-8
        WitnessPolicy read = WitnessPolicy.parse(policy);
        assertThat(read.witnesses())
                .containsExactly(new PolicyWitness("caf\ufffd", cosigner("w").key(), "https://w.example/x"));
        assertThat(read.logs()).containsExactly(new PolicyLog(SealWorld.SIGNER.verifierKey(), "https://log.example/"));
        assertThat(read.log("audit.test/log")).contains(SealWorld.SIGNER.verifierKey());
        assertThat(read.log("elsewhere")).isEmpty();
        assertThat(read.quorum()).isEqualTo(new Quorum.One(read.witnesses().getFirst()));
    }

    @Test
    void noneNeedsNobody() {
        assertThat(isEnough("quorum none\n")).isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "quorum A | Line 1: Expected a newline at its end",
                "witness A WA;quorum A;quorum none; | Line 3: Expected one line with the quorum",
                "witness A WA; | the policy ends after line 1 without one",
                "'' | the policy ends after line 0 without one",
                "quorum A; | Line 1: Expected a witness or a group of a line before this one, but got 'A'.",
                "witness A WA;group G all A B;witness B WB;quorum G; | Line 2: Expected a witness or a group",
                "witness A WA;group G all A G;quorum G; | Line 2: Expected a witness or a group",
                "witness A WA;group G all A A;quorum G; | Line 2: Expected each name to be a member once, but 'A'",
                "witness A WA;group G any A;group H any A;quorum H; | Line 3: Expected each name to be a member once",
                "witness A WA;group G 0 A;quorum G; | Line 2: Expected all, any or a number from 1 to 1, but got '0'.",
                "witness A WA;group G 2 A;quorum G; | Line 2: Expected all, any or a number from 1 to 1, but got '2'.",
                "witness A WA;group G 01 A;quorum G; | Line 2: Expected all, any or a number from 1 to 1, but got '01'",
                "witness A WA;group G -1 A;quorum G; | Line 2: Expected all, any or a number",
                "witness A WA;group G some A;quorum G; | Line 2: Expected all, any or a number",
                "witness A WA;group G all;quorum G; | Line 2: Expected 'group NAME all|any|K MEMBER...', but got 3",
                "witness A WA;group A all A;quorum A; | Line 2: Expected a new name, but 'A' is taken.",
                "witness A WA;witness A WB;quorum A; | Line 2: Expected a new name, but 'A' is taken.",
                "witness A WA;witness B WA;quorum A; | Line 2: Expected another key than in the lines before",
                "log LOG;log LOG;quorum none; | Line 2: Expected another key than in the lines before",
                "witness none WA;quorum none; | Line 1: Expected another name than 'none'",
                "witness A WA;group G any none;quorum G; | Line 2: Expected a witness or a group",
                "witness A;quorum A; | Line 1: Expected 'witness NAME VKEY [URL]', but got 2 words.",
                "witness A WA URL more;quorum A; | Line 1: Expected 'witness NAME VKEY [URL]', but got 5 words.",
                "quorum none # nobody; | Line 1: Expected 'quorum NAME', but got 4 words.",
                "witness A LOG;quorum A; | Line 1: Expected a witness's key",
                "log WA;quorum none; | Line 1: Expected an Ed25519 key",
                "witness A a+b+c;quorum A; | Line 1: ",
                "Quorum none; | Line 1: Expected log, witness, group, quorum or a comment, but got 'Quorum'.",
                "quorum noneCR; | Line 1: Expected no control characters but tab and newline, but byte 12 is 13.",
            })
    void namesTheLineThatItCannotUse(String policy, String words) {
        String text = policy.replace("WA", vkey("A"))
                .replace("WB", vkey("B"))
                .replace("LOG", LOG)
                .replace("CR", "\r")
                .replace(';', '\n');
        assertThatThrownBy(() -> parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(words);
    }

    @Test
    void hasRoomForTwiceWhatTheSpecificationAsksAndNoMore() {
        String[] names = IntStream.rangeClosed(1, 64)
                .mapToObj(i -> String.format(Locale.ROOT, "w%02d", i))
                .toArray(String[]::new);
        String policy = witnesses(names) + "group G 33 " + String.join(" ", names) + "\n";
        assertThat(isEnough(policy + "quorum G\n", Arrays.copyOf(names, 33))).isTrue();
        assertThat(isEnough(policy + "quorum G\n", Arrays.copyOf(names, 32))).isFalse();
        assertThatThrownBy(() -> parse(policy + witnesses("one-more") + "quorum G\n"))
                .hasMessage("Line 66: Expected at most 64 witnesses, but this is one more.");
    }

    @Test
    void saysWhichFileItWas(@TempDir Path directory) throws IOException {
        Path file = Files.writeString(directory.resolve("policy"), "nonsense\n");
        assertThatThrownBy(() -> WitnessPolicy.read(file))
                .hasMessageStartingWith("The policy " + file + " cannot be used. Line 1: Expected log, witness,");
        Files.writeString(file, "#".repeat(1 << 18) + "\nquorum none\n");
        assertThatThrownBy(() -> WitnessPolicy.read(file)).hasMessageContaining("at most 262144 bytes");
    }
}
