package aether.archive.verify;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import aether.archive.cosign.Cosignatures;
import aether.archive.log.Checkpoint;
import aether.archive.log.Cosigner;
import aether.archive.log.Ed25519Signer;
import aether.archive.log.SignedNote;
import aether.archive.log.TlogProof;
import aether.archive.policy.Cosigned;
import aether.archive.policy.WitnessPolicy;
import aether.archive.seal.SealWorld;
import aether.archive.seal.Sealer;
import aether.archive.verify.VerificationRequest.Progress;
import java.io.IOException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a stranger with a policy says of what witnesses have left in an archive. */
class PolicyCheckTest {

    private static final Instant THEN = Instant.parse("2026-11-24T02:00:00Z");
    private static final Instant UNTIL = Instant.parse("2034-01-01T00:00:00Z");

    private final SealWorld world = new SealWorld();
    private Sealer sealer;

    @BeforeEach
    void sealSomething() throws IOException {
        sealer = world.open();
        for (int size : new int[] {100, 300, 500}) {
            sealer.append(SealWorld.entries(sealer.size(), size));
            sealer.seal(SealWorld.offsets(size));
        }
        sealer.append(SealWorld.entries(500, 520));
        sealer.publish();
    }

    private static Cosigner cosigner(String name) {
        return Cosigner.ed25519("witness.test/" + name, Arrays.copyOf(name.getBytes(UTF_8), 32));
    }

    private static String line(String name) {
        return "witness " + name + " " + cosigner(name).key().vkey() + "\n";
    }

    private static WitnessPolicy policy(String rest) {
        return WitnessPolicy.parse((line("w1") + line("w2") + line("w3") + rest).getBytes(UTF_8));
    }

    private static final WitnessPolicy TWO = policy("group G 2 w1 w2 w3\nquorum G\n");

    private void cosign(long size, String... names) throws IOException {
        for (String name : names) {
            Cosigner cosigner = cosigner(name);
            SignedNote sealed = SignedNote.parse(
                    new String(world.worm.get(SealedCheckpoints.key(size)).orElseThrow(), UTF_8));
            put(Cosignatures.key(size, cosigner.key()), cosigned(sealed, cosigner));
            put(Cosignatures.witness(cosigner.key()), Cosignatures.text(cosigner.key()));
        }
    }

    private static String cosigned(SignedNote note, Cosigner cosigner) {
        return note.only(SealWorld.SIGNER.verifierKey())
                .with(SignedNote.formatLines(List.of(cosigner.cosign(note.text(), THEN))))
                .format();
    }

    private void put(String object, String text) throws IOException {
        world.worm.put(object, text.getBytes(UTF_8), UNTIL);
    }

    private VerificationReport verify(VerificationLevel level, WitnessPolicy policy) throws IOException {
        return ArchiveVerifier.verify(
                world.reader(),
                new VerificationRequest(level, SealWorld.SIGNER.verifierKey(), List.of(), 1, Progress.SILENT)
                        .demanding(policy));
    }

    private List<String> wrong(WitnessPolicy policy) throws IOException {
        return verify(VerificationLevel.SIGNATURES, policy).sentences();
    }

    @ParameterizedTest
    @EnumSource
    void findsTheNewestCheckpointUnderTheQuorumAndTellsWhoWasThere(VerificationLevel level) throws IOException {
        cosign(100, "w1", "w2", "w3");
        cosign(300, "w1", "w3");
        cosign(500, "w2");

        VerificationReport report = verify(level, TWO);
        assertThat(report.sentences()).isEmpty();
        Witnessed witnessed = Objects.requireNonNull(report.witnessed());
        assertThat(witnessed.size()).isEqualTo(300);
        assertThat(witnessed.by())
                .isEqualTo(new Cosigned(
                        true, List.of(new Cosigned.Seen("w1", THEN), new Cosigned.Seen("w3", THEN)), List.of("w2")));
        assertThat(report.remarks())
                .contains(
                        "The policy's quorum stands under the checkpoint of size 300: w1 at 2026-11-24T02:00:00Z, w3 at"
                                + " 2026-11-24T02:00:00Z have cosigned; not there: w2. No quorum has seen the 220 entries"
                                + " after it yet.");
    }

    @Test
    void saysWhoLacksWhereThereIsNoQuorum() throws IOException {
        assertThat(wrong(TWO))
                .containsExactly("Expected a checkpoint under which the policy's quorum stands, but there is none: at"
                        + " size 520, no witness of the policy has cosigned; not there: w1, w2, w3.");
        cosign(300, "w1");
        cosign(500, "w2");
        VerificationReport report = verify(VerificationLevel.SIGNATURES, TWO);
        assertThat(report.sentences())
                .containsExactly("Expected a checkpoint under which the policy's quorum stands, but there is none: at"
                        + " size 500, w2 at 2026-11-24T02:00:00Z has cosigned; not there: w1, w3.");
        assertThat(Objects.requireNonNull(report.witnessed()).by().enough()).isFalse();
        assertThat(report.findings().getFirst().level()).isEqualTo(VerificationLevel.SIGNATURES);
    }

    @Test
    void thoseOfWhomThePolicyDoesNotSpeakDoNotCount() throws IOException {
        cosign(500, "w1", "stranger");
        assertThat(wrong(TWO)).singleElement().asString().contains("w1 at").contains("not there: w2, w3");
        assertThat(wrong(policy("quorum w1\n"))).isEmpty();
    }

    @Test
    void aPolicyThatDemandsNobodyIsAlwaysMet() throws IOException {
        assertThat(wrong(policy("quorum none\n"))).isEmpty();
    }

    @Test
    void theLogMustBeOneOfThePolicys() throws IOException {
        cosign(500, "w1");
        Ed25519Signer other = Ed25519Signer.fromSeed("audit.test/log", new byte[] {
            1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29,
            30, 31, 32
        });
        String here = "log " + SealWorld.SIGNER.verifierKey().vkey() + "\n";
        String there = "log " + other.verifierKey().vkey() + "\n";
        assertThat(wrong(policy("quorum w1\n" + here + there))).isEmpty();
        assertThat(wrong(policy("quorum w1\n" + there)))
                .containsExactly(
                        "Expected a log of the policy, but none of its 1 log lines has a key of" + " audit.test/log.");
    }

    @Test
    void aLogMayHaveItsCosignaturesUnderTheLiveCheckpoint() throws IOException {
        SignedNote live =
                SignedNote.parse(new String(world.reader().read("checkpoint").orElseThrow(), UTF_8));
        SignedNote both = live.with(Stream.of("w1", "w2")
                .map(name -> SignedNote.formatLines(List.of(cosigner(name).cosign(live.text(), THEN))))
                .collect(Collectors.joining()));
        world.publish(both.format());
        VerificationReport report = verify(VerificationLevel.DOMAIN, TWO);
        assertThat(report.sentences()).isEmpty();
        assertThat(Objects.requireNonNull(report.witnessed()).size()).isEqualTo(520);
    }

    @Test
    void anotherTreeUnderTheWitnesssSignatureIsFound() throws IOException {
        Cosigner w1 = cosigner("w1");
        SignedNote fork = new Checkpoint("audit.test/log", 300, SealWorld.root(299)).sign(SealWorld.SIGNER);
        put(Cosignatures.key(300, w1.key()), cosigned(fork, w1));
        put(Cosignatures.witness(w1.key()), Cosignatures.text(w1.key()));
        assertThat(wrong(policy("quorum w1\n")))
                .containsExactly("Expected cosigned/00000000000000000300."
                        + w1.key().idHex() + " to be the checkpoint that checkpoints/00000000000000000300 has sealed,"
                        + " but it is another one.");
    }

    @Test
    void oneWitnesssSignatureUnderAnothersNameIsFound() throws IOException {
        cosign(300, "w1", "w2");
        String mine = Cosignatures.key(500, cosigner("w1").key());
        SignedNote sealed = SignedNote.parse(
                new String(world.worm.get(SealedCheckpoints.key(500)).orElseThrow(), UTF_8));
        put(mine, cosigned(sealed, cosigner("w2")));
        assertThat(wrong(TWO)).singleElement().asString().startsWith("Expected " + mine + " to be signed by the log");
    }

    @Test
    void whatIsNotNamedRightOrHasNoKeyIsFound() throws IOException {
        cosign(300, "w1");
        put("cosigned/300", "x");
        world.worm.remove(Cosignatures.witness(cosigner("w1").key()));
        assertThat(wrong(policy("quorum none\n")))
                .anySatisfy(sentence -> assertThat(sentence).startsWith("Expected cosigned checkpoints named by size"))
                .anySatisfy(sentence -> assertThat(sentence).startsWith("Expected a witness's key in witnesses/"));
    }

    @Test
    void aKeyThatIsUnlockedBeforeWhatItSignedIsFound() throws IOException {
        cosign(300, "w1");
        String key = Cosignatures.witness(cosigner("w1").key());
        world.worm.remove(key);
        world.worm.put(key, Cosignatures.text(cosigner("w1").key()).getBytes(UTF_8), UNTIL.minusSeconds(1));
        assertThat(verify(VerificationLevel.LOCKS, policy("quorum w1\n")).sentences())
                .containsExactly("Expected " + key + " to be locked for as long as cosigned/00000000000000000300."
                        + cosigner("w1").key().idHex() + ", until " + UNTIL + ", but it is locked until "
                        + UNTIL.minusSeconds(1) + ".");
    }

    @Test
    void aProofIsMadeAgainstTheNewestCheckpointUnderTheQuorumThatHasTheEntry() throws IOException {
        ArchiveProver prover = ArchiveProver.open(world.reader(), SealWorld.SIGNER.verifierKey());
        assertThat(prover.cosigned(50, null)).isEmpty();
        cosign(300, "w1", "w3");
        cosign(500, "w2");

        TlogProof any = prover.cosigned(50, null).orElseThrow();
        assertThat(any.promised().size()).isEqualTo(500);
        TlogProof two = prover.cosigned(299, TWO).orElseThrow();
        assertThat(two.promised().size()).isEqualTo(300);
        assertThat(two.proves(SealWorld.entry(299), SealWorld.SIGNER.verifierKey()))
                .isTrue();
        assertThat(TWO.judge(SignedNote.parse(two.checkpoint())).enough()).isTrue();
        assertThat(prover.cosigned(300, TWO)).as("nobody has seen it yet").isEmpty();
        assertThat(prover.cosigned(499, null)).isPresent();
        assertThat(prover.cosigned(500, null)).isEmpty();
        assertThat(TlogProof.parse(two.format())).isEqualTo(two);
    }

    @Test
    void aStrangersSignatureAloneIsNoWitnessToAProof() throws IOException {
        cosign(300, "w1");
        world.worm.tamper(
                Cosignatures.witness(cosigner("w1").key()),
                Cosignatures.text(cosigner("w2").key()).getBytes(UTF_8));
        assertThat(ArchiveProver.open(world.reader(), null).cosigned(50, null)).isEmpty();
    }
}
