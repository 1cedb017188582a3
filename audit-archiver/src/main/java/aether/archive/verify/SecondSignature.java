package aether.archive.verify;

import static aether.archive.verify.VerificationLevel.SIGNATURES;

import aether.archive.log.Checkpoint;
import aether.archive.log.Cosigner;
import aether.archive.log.CosignerKey;
import aether.archive.log.SignedNote;
import aether.archive.read.ArchiveReader;
import aether.archive.read.SecondKey;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** L1: from where on the log signs with ML-DSA-44 as well, every checkpoint has that signature too. */
final class SecondSignature {

    private final @Nullable SecondKey key; // null when there is nothing to ask for, or nothing that could check it

    private SecondSignature(@Nullable SecondKey key) {
        this.key = key;
    }

    /** Asks for no second signature. */
    static SecondSignature none() {
        return new SecondSignature(null);
    }

    /**
     * Asks for what the archive announces.
     *
     * @param brought the key as the reader got it from elsewhere; null when there is only the one in the archive
     */
    static SecondSignature of(ArchiveReader archive, @Nullable CosignerKey brought, Findings findings)
            throws IOException {
        Optional<byte[]> object = archive.read(SecondKey.OBJECT);
        if (object.isEmpty()) {
            if (brought != null) {
                findings.wrong(
                        SIGNATURES,
                        SecondKey.OBJECT,
                        "Expected the log's ML-DSA-44 key " + brought.idHex() + ", but the archive has none.");
            }
            return none();
        }
        SecondKey known;
        try {
            known = SecondKey.parse(object.get());
        } catch (IllegalArgumentException e) {
            findings.wrong(SIGNATURES, SecondKey.OBJECT, String.valueOf(e.getMessage()));
            return none();
        }
        if (brought != null && !brought.equals(known.key())) {
            findings.wrong(
                    SIGNATURES,
                    SecondKey.OBJECT,
                    "Expected the ML-DSA-44 key " + brought.idHex() + ", but it is "
                            + known.key().idHex() + ".");
            return none();
        }
        if (!Cosigner.hasMlDsa44()) {
            findings.remark(
                    "The ML-DSA-44 signatures were not checked: this Java platform has no ML-DSA-44, which needs"
                            + " Java 24 or newer.");
            return none();
        }
        if (brought != null) {
            findings.remark("Checkpoints of more than " + known.from()
                    + " entries are signed with the ML-DSA-44 key that you brought, too.");
        }
        return new SecondSignature(known);
    }

    /** Looks for the signature where there must be one. */
    void check(String object, Checkpoint checkpoint, SignedNote note, Findings findings) {
        if (key != null
                && checkpoint.size() > key.from()
                && key.key().cosigned(note).isEmpty()) {
            findings.wrong(
                    SIGNATURES,
                    object,
                    "The checkpoint in " + object + " has no valid ML-DSA-44 signature of "
                            + key.key().idHex() + ".");
        }
    }
}
