package aether.archive.log;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HybridSignerTest {

    private static final byte[] SEED = "thirty-two bytes of a log's key.".getBytes(UTF_8);
    private static final String TEXT = Ed25519Signer.format("audit.test/log", SEED);
    private static final Checkpoint CHECKPOINT = new Checkpoint("audit.test/log", 3, MerkleTree.leaf(SEED));

    @BeforeEach
    void needsMlDsa44() {
        assumeTrue(Cosigner.hasMlDsa44(), "This Java platform has no ML-DSA-44, which needs Java 24 or newer.");
    }

    @Test
    void bothSignaturesStandUnderACheckpointAndItsBytesAreAlwaysTheSame() {
        Signer signer = HybridSigner.parse(TEXT);
        SignedNote note = CHECKPOINT.sign(signer);

        assertThat(note.signatures()).hasSize(2);
        assertThat(note.isSignedBy(signer.verifierKey())).isTrue();
        assertThat(signer.mlDsa44().orElseThrow().key().cosigned(note)).contains(Instant.EPOCH);
        assertThat(CHECKPOINT.sign(HybridSigner.parse(TEXT)).format()).isEqualTo(note.format());
    }

    @Test
    void theFirstSignatureIsTheOneItAlwaysWas() {
        SignedNote alone = CHECKPOINT.sign(Ed25519Signer.parse(TEXT));
        SignedNote both = CHECKPOINT.sign(HybridSigner.parse(TEXT));
        assertThat(both.format()).startsWith(alone.format());
        assertThat(both.only(HybridSigner.parse(TEXT).verifierKey())).isEqualTo(alone);
    }

    @Test
    void anotherCheckpointOrKeyIsNotSigned() {
        CosignerKey key = HybridSigner.parse(TEXT).mlDsa44().orElseThrow().key();
        SignedNote note = CHECKPOINT.sign(HybridSigner.parse(TEXT));
        SignedNote larger =
                new SignedNote(new Checkpoint("audit.test/log", 4, CHECKPOINT.root()).text(), note.signatures());
        assertThat(key.cosigned(larger)).isEmpty();

        String other = Ed25519Signer.format("audit.test/log", "another secret of thirty-two by.".getBytes(UTF_8));
        assertThat(HybridSigner.parse(other).mlDsa44().orElseThrow().key()).isNotEqualTo(key);
        assertThat(HybridSigner.parse(TEXT).toString()).contains("[hidden]").doesNotContain("PRIVATE");
    }
}
