package aether.archive.log;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The vectors that Go's x/mod and an independent Java implementation accepted, byte for byte. */
class GoldenVectorsTest {

    private static final String ORIGIN = "audit.example.com/log";
    private static final byte[] SEED =
            HexFormat.of().parseHex("000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f");
    private static final List<byte[]> ENTRIES =
            List.of("{\"i\":0}".getBytes(UTF_8), "{\"i\":1}".getBytes(UTF_8), "{\"i\":2}".getBytes(UTF_8));
    private static final List<Hash> LEAVES =
            ENTRIES.stream().map(MerkleTree::leaf).toList();
    private static final String VKEY = ORIGIN + "+e3a410b2+AQOhB7/zzhC+HXDdGOdLwJln5NYwm6UNXx3chmQSVTG4";
    private static final String CHECKPOINT = """
            audit.example.com/log
            3
            AKcKsZUbOSDpO7cxOBdBlx0JYMGuQc5ky21fozC//MY=

            \u2014 audit.example.com/log 46QQsm1eT1FNpydJB5E75n8gNbaWav24dfahetYJr1uvZO+r8MwrMhVz7KiJdZqOnu5zqmXexqEXsTXCNIERtPEjNwU=
            """;
    private static final String PROOF = """
            c2sp.org/tlog-proof@v1
            index 1
            2Cnt0HE6G7BePNBhaSSkxb3iHjblNxSaICOe2vqIJfE=
            3t8ellaME6WCe7y4TZIK2yHZibXaT2Hea9Bg5SeS2pE=

            """ + CHECKPOINT;
    private static final String ROOT_3 = "00a70ab1951b3920e93bb731381741971d0960c1ae41ce64cb6d5fa330bffcc6";

    private final Ed25519Signer signer = Ed25519Signer.fromSeed(ORIGIN, SEED);

    @Test
    void derivesThePublicKeyFromTheSeed() {
        assertThat(signer.verifierKey().vkey()).isEqualTo(VKEY);
        assertThat(signer.verifierKey().idHex()).isEqualTo("e3a410b2");
        assertThat(VerifierKey.parse(VKEY)).isEqualTo(signer.verifierKey());
    }

    @Test
    void hashesLeavesAndRoots() {
        assertThat(LEAVES)
                .extracting(Hash::hex)
                .containsExactly(
                        "d829edd0713a1bb05e3cd0616924a4c5bde21e36e537149a20239edafa8825f1",
                        "c2d65499ad89a5ece71f927cc8395c8804bfbf61b2dac475187aa1696fa36047",
                        "dedf1e96568c13a5827bbcb84d920adb21d989b5da4f61de6bd060e52792da91");
        assertThat(MerkleTree.root(List.of()).hex())
                .isEqualTo("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
        assertThat(MerkleTree.root(LEAVES.subList(0, 2)).hex())
                .isEqualTo("8d797bb58d61f678047fdf92a390117b16d8718b957303a9231a36cf6e0c5f75");
        assertThat(MerkleTree.root(LEAVES).hex()).isEqualTo(ROOT_3);
    }

    @Test
    void writesTheBundleAndTheTile() {
        assertThat(HexFormat.of().formatHex(EntryBundle.encode(ENTRIES)))
                .isEqualTo("00077b2269223a307d00077b2269223a317d00077b2269223a327d");
        assertThat(EntryBundle.decode(EntryBundle.encode(ENTRIES))).containsExactlyElementsOf(ENTRIES);
        assertThat(TilePath.partials(3))
                .extracting(TilePath::path)
                .containsExactly("tile/entries/000.p/3", "tile/0/000.p/3");
    }

    @Test
    void signsTheCheckpoint() {
        Checkpoint checkpoint = new Checkpoint(ORIGIN, 3, Hash.fromHex(ROOT_3));

        assertThat(checkpoint.sign(signer).format()).isEqualTo(CHECKPOINT);
        assertThat(SignedNote.parse(CHECKPOINT).isSignedBy(VerifierKey.parse(VKEY)))
                .isTrue();
        assertThat(Checkpoint.parse(SignedNote.parse(CHECKPOINT).text())).isEqualTo(checkpoint);
    }

    @Test
    void provesEntryOneAndTheGrowthFromTwoToThree() {
        ProofBuilder proofs = new ProofBuilder(tile -> LEAVES, 3);

        assertThat(proofs.inclusion(1).hashes()).containsExactly(LEAVES.get(0), LEAVES.get(2));
        assertThat(proofs.consistency(2).hashes()).containsExactly(LEAVES.get(2));
        assertThat(new TlogProof(1, proofs.inclusion(1).hashes(), CHECKPOINT).format())
                .isEqualTo(PROOF);
        assertThat(TlogProof.parse(PROOF).format()).isEqualTo(PROOF);
        assertThat(TlogProof.parse(PROOF).proves(ENTRIES.get(1), VerifierKey.parse(VKEY)))
                .isTrue();
        assertThat(TlogProof.parse(PROOF).proves(ENTRIES.get(2), VerifierKey.parse(VKEY)))
                .isFalse();
    }

    @Test
    void readsThePrivateKeyOfGoAndHidesIt() {
        String text = Ed25519Signer.format(ORIGIN, SEED);

        assertThat(text).startsWith("PRIVATE+KEY+" + ORIGIN + "+e3a410b2+");
        assertThat(Ed25519Signer.parse(text).verifierKey().vkey()).isEqualTo(VKEY);
        assertThat(Ed25519Signer.parse(text)).hasToString("Ed25519Signer[" + ORIGIN + ", key=[hidden]]");
        assertThatThrownBy(() -> Ed25519Signer.parse(text.replace("e3a410b2", "e3a410b3")))
                .hasMessageContaining("Expected key id e3a410b3");
    }

    @Test
    void ignoresUnknownSignaturesAndIsSpoiledByAWrongOne() {
        VerifierKey key = VerifierKey.parse(VKEY);
        String witness = "\u2014 witness.example.com/w1 lpmAzwAAAABpVbkAl08Ym4ec2QSTNwp8cjTm337ZQTRGwSYoden1iD946uKD3OX"
                + "LOziudBxi6ovnKDklI31kIQT7nkZA69JzW3A7Dw==\n";

        assertThat(SignedNote.parse(CHECKPOINT + witness).isSignedBy(key)).isTrue();
        assertThat(SignedNote.parse(CHECKPOINT.replace("\n3\n", "\n4\n")).isSignedBy(key))
                .isFalse();
        assertThat(SignedNote.parse(CHECKPOINT
                                + CHECKPOINT.lines().toList().getLast().replace("46QQsm1", "46QQsm2") + "\n")
                        .isSignedBy(key))
                .isFalse();
        assertThatThrownBy(() -> SignedNote.parse("no signature\n")).hasMessageContaining("Expected a text");
    }
}
