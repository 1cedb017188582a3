package aether.archive.verify;

import static aether.archive.verify.VerificationLevel.SIGNATURES;
import static java.nio.charset.StandardCharsets.UTF_8;

import aether.archive.log.Checkpoint;
import aether.archive.log.SignedNote;
import aether.archive.log.VerifierKey;
import aether.archive.read.ArchiveReader;
import java.io.IOException;
import java.util.Optional;

/** Is this what the owner of the key has signed? */
final class SignatureCheck {

    static final String FIRST_KEY = "keys/0.vkey";

    private final ArchiveReader archive;
    private final SecondSignature second;

    SignatureCheck(ArchiveReader archive) {
        this(archive, SecondSignature.none());
    }

    SignatureCheck(ArchiveReader archive, SecondSignature second) {
        this.archive = archive;
        this.second = second;
    }

    /** The key that came with the archive, which proves nothing about who made it. */
    Optional<VerifierKey> enclosedKey(Findings findings) throws IOException {
        Optional<byte[]> vkey = archive.read(FIRST_KEY);
        if (vkey.isEmpty()) {
            findings.wrong(SIGNATURES, FIRST_KEY, "Expected a public key in " + FIRST_KEY + ", but there is none.");
            return Optional.empty();
        }
        try {
            return Optional.of(VerifierKey.parse(new String(vkey.get(), UTF_8)));
        } catch (IllegalArgumentException e) {
            findings.wrong(
                    SIGNATURES, FIRST_KEY, "The public key in " + FIRST_KEY + " is unreadable. " + e.getMessage());
            return Optional.empty();
        }
    }

    /** The checkpoint in an object if it is there and readable; also whether it is signed with the key. */
    Optional<Checkpoint> checkpoint(String object, VerifierKey key, Findings findings) throws IOException {
        Optional<byte[]> note = archive.read(object);
        if (note.isEmpty()) {
            findings.wrong(SIGNATURES, object, "Expected a checkpoint in " + object + ", but there is none.");
            return Optional.empty();
        }
        try {
            SignedNote signed = SignedNote.parse(new String(note.get(), UTF_8));
            Checkpoint checkpoint = Checkpoint.parse(signed.text());
            if (!signed.isSignedBy(key)) {
                findings.wrong(
                        SIGNATURES,
                        object,
                        "The checkpoint in " + object + " has no valid signature of " + key.vkey() + ".");
            }
            second.check(object, checkpoint, signed, findings);
            if (!checkpoint.origin().equals(key.name())) {
                findings.wrong(
                        SIGNATURES,
                        object,
                        "Expected " + object + " to be of the log " + key.name() + ", but it is of "
                                + checkpoint.origin() + ".");
            }
            return Optional.of(checkpoint);
        } catch (IllegalArgumentException e) {
            findings.wrong(SIGNATURES, object, "The checkpoint in " + object + " is unreadable. " + e.getMessage());
            return Optional.empty();
        }
    }
}
