package aether.archive.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Cosignatures against the golden vectors (Appendix B of the audit-trail reference) and against changed words. */
class CosignatureTest {

    private static final String CHECKPOINT = """
            audit.example.com/log
            3
            AKcKsZUbOSDpO7cxOBdBlx0JYMGuQc5ky21fozC//MY=

            \u2014 audit.example.com/log 46QQsm1eT1FNpydJB5E75n8gNbaWav24dfahetYJr1uvZO+r8MwrMhVz7KiJdZqOnu5zqmXexqEXsTXCNIERtPEjNwU=
            """;
    private static final String VKEY = "witness.example.com/w1+969980cf+BCmsuuFBvMrwsi4alNNNC8c2HlJtC/4SyJeUvJMilm3X";
    private static final String LINE =
            "\u2014 witness.example.com/w1 lpmAzwAAAABpVbkAl08Ym4ec2QSTNwp8cjTm337ZQTRGwSYoden1iD946uKD3OXLOziudBxi6ovnKDklI31kIQT7nkZA69JzW3A7Dw==\n";
    private static final Instant TIME = Instant.ofEpochSecond(1767225600);
    private static final byte[] SEED =
            HexFormat.of().parseHex("202122232425262728292a2b2c2d2e2f303132333435363738393a3b3c3d3e3f");

    private final SignedNote note = SignedNote.parse(CHECKPOINT);

    @Test
    void cosignsAsTheGoldenVectorDoes() {
        Cosigner witness = Cosigner.ed25519("witness.example.com/w1", SEED);

        assertThat(witness.key().vkey()).isEqualTo(VKEY);
        assertThat(SignedNote.formatLines(List.of(witness.cosign(note.text(), TIME))))
                .isEqualTo(LINE);
        assertThat(witness).asString().contains("[hidden]");
    }

    @Test
    void readsTheGoldenVectorAndKeepsTheLogsSignature() {
        SignedNote cosigned = note.with(LINE);

        assertThat(CosignerKey.parse(VKEY).cosigned(cosigned)).contains(TIME);
        assertThat(cosigned.format()).isEqualTo(CHECKPOINT + LINE);
        assertThat(CosignerKey.parse(VKEY).cosigned(note)).isEmpty();
    }

    @Test
    void refusesAnotherTextAnotherTimeAndAWrongLineBesideARightOne() {
        CosignerKey key = CosignerKey.parse(VKEY);
        String later = LINE.replace("AAAABpVbkA", "AAAABpVbkB");
        SignedNote otherText = new SignedNote(
                note.text().replace("\n3\n", "\n4\n"), note.with(LINE).signatures());

        assertThat(later).isNotEqualTo(LINE);
        assertThat(key.cosigned(otherText)).isEmpty();
        assertThat(key.cosigned(note.with(later))).isEmpty();
        assertThat(key.cosigned(note.with(LINE + later))).isEmpty();
    }

    @Test
    void aLogsKeyIsNoWitnesssKeyAndTheOtherWayRound() {
        String log = Ed25519Signer.fromSeed("audit.example.com/log", SEED)
                .verifierKey()
                .vkey();

        assertThatThrownBy(() -> CosignerKey.parse(log)).hasMessageContaining("Expected a witness's key");
        assertThatThrownBy(() -> VerifierKey.parse(VKEY)).hasMessageContaining("Expected an Ed25519 key");
        assertThatThrownBy(() -> CosignerKey.parse(VKEY.replace("969980cf", "969980ce")))
                .hasMessageContaining("Expected key id 969980ce");
    }

    @Test
    void cosignsWithMlDsaWhereThePlatformHasIt() {
        assumeTrue(Cosigner.hasMlDsa44(), "This Java platform has no ML-DSA-44, which needs Java 24 or newer");
        Cosigner witness = Cosigner.mlDsa44("witness.example.com/w1", SEED);
        SignedNote cosigned = note.with(SignedNote.formatLines(List.of(witness.cosign(note.text(), TIME))));
        CosignerKey key = CosignerKey.parse(witness.key().vkey());
        SignedNote otherSize = new SignedNote(note.text().replace("\n3\n", "\n4\n"), cosigned.signatures());

        assertThat(key).isEqualTo(witness.key());
        assertThat(key.cosigned(cosigned)).contains(TIME);
        assertThat(key.cosigned(otherSize)).isEmpty();
        assertThat(witness.cosign(note.text(), TIME)).isEqualTo(witness.cosign(note.text(), TIME));
        assertThat(cosigned.signatures().getLast().signature()).hasSize(8 + 2420);
    }
}
