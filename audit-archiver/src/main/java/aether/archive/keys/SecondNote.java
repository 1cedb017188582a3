package aether.archive.keys;

import static java.nio.charset.StandardCharsets.UTF_8;

import aether.archive.log.Checkpoint;
import aether.archive.log.Cosigner;
import aether.archive.log.CosignerKey;
import aether.archive.log.Hash;
import aether.archive.log.SignedNote;
import aether.archive.log.SignedNote.NoteSignature;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the ML-DSA-44 keys sign of a succession. C2SP knows their signatures under trees alone, so it is that of a log
 * of their own, whose n-th root is the hash of the n-th succession's text.
 */
record SecondNote(String text) {

    static SecondNote of(Succession succession, String text) {
        return new SecondNote(
                new Checkpoint(succession.origin() + "/keys", succession.number(), Hash.sha256(text.getBytes(UTF_8)))
                        .text());
    }

    /** From the same key always the same line. */
    NoteSignature signed(Cosigner by) {
        return by.cosign(text, Instant.EPOCH);
    }

    /** Whether a key has signed it, where there is one and the Java platform can look; verify says when it cannot. */
    boolean isSigned(@Nullable CosignerKey by, List<NoteSignature> lines) {
        return by == null
                || !Cosigner.hasMlDsa44()
                || by.cosigned(new SignedNote(text, lines)).isPresent();
    }

    static void requireName(@Nullable CosignerKey second, String origin) {
        if (second != null && !second.name().equals(origin)) {
            throw new IllegalArgumentException(
                    "Expected an ML-DSA-44 key of " + origin + ", but it is one of " + second.name() + ".");
        }
    }
}
