package aether.archive.verify;

import static java.nio.charset.StandardCharsets.UTF_8;

import aether.archive.log.Checkpoint;
import aether.archive.log.SignedNote;
import aether.archive.log.VerifierKey;
import java.io.IOException;
import java.util.Optional;

/** L1: is this what the owner of the key has signed? */
final class SignatureCheck {

    static final String FIRST_KEY = "keys/0.vkey";

    private final ArchiveReader archive;
    private final Findings findings;

    SignatureCheck(ArchiveReader archive, Findings findings) {
        this.archive = archive;
        this.findings = findings;
    }

    /** The key that came with the archive, which proves nothing about who made it. */
    Optional<VerifierKey> enclosedKey() throws IOException {
        Optional<byte[]> vkey = archive.read(FIRST_KEY);
        if (vkey.isEmpty()) {
            findings.wrong("Expected a public key in " + FIRST_KEY + ", but there is none.");
            return Optional.empty();
        }
        try {
            return Optional.of(VerifierKey.parse(new String(vkey.get(), UTF_8)));
        } catch (IllegalArgumentException e) {
            findings.wrong("The public key in " + FIRST_KEY + " is unreadable. " + e.getMessage());
            return Optional.empty();
        }
    }

    /** The checkpoint in an object if it is there, readable and signed with the key. */
    Optional<Checkpoint> checkpoint(String object, VerifierKey key) throws IOException {
        Optional<byte[]> note = archive.read(object);
        if (note.isEmpty()) {
            findings.wrong("Expected a checkpoint in " + object + ", but there is none.");
            return Optional.empty();
        }
        try {
            SignedNote signed = SignedNote.parse(new String(note.get(), UTF_8));
            Checkpoint checkpoint = Checkpoint.parse(signed.text());
            if (!signed.isSignedBy(key)) {
                findings.wrong("The checkpoint in " + object + " has no valid signature of " + key.vkey() + ".");
            }
            if (!checkpoint.origin().equals(key.name())) {
                findings.wrong("Expected " + object + " to be of the log " + key.name() + ", but it is of "
                        + checkpoint.origin() + ".");
            }
            return Optional.of(checkpoint);
        } catch (IllegalArgumentException e) {
            findings.wrong("The checkpoint in " + object + " is unreadable. " + e.getMessage());
            return Optional.empty();
        }
    }
}
