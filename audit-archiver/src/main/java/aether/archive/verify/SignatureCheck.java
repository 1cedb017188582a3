package aether.archive.verify;

import static aether.archive.verify.VerificationLevel.SIGNATURES;
import static java.nio.charset.StandardCharsets.UTF_8;

import aether.archive.keys.KeyChain;
import aether.archive.keys.LogKey;
import aether.archive.log.Checkpoint;
import aether.archive.log.SignedNote;
import aether.archive.read.ArchiveReader;
import java.io.IOException;
import java.util.Optional;

/** Is this what the owner of the key has signed? */
final class SignatureCheck {

    private final ArchiveReader archive;
    private final SecondSignature second;

    SignatureCheck(ArchiveReader archive) {
        this(archive, SecondSignature.none());
    }

    SignatureCheck(ArchiveReader archive, SecondSignature second) {
        this.archive = archive;
        this.second = second;
    }

    /** The checkpoint in an object if it is there and readable; also whether the key that may has signed it. */
    Optional<Checkpoint> checkpoint(String object, KeyChain keys, Findings findings) throws IOException {
        Optional<byte[]> note = archive.read(object);
        if (note.isEmpty()) {
            findings.wrong(SIGNATURES, object, "Expected a checkpoint in " + object + ", but there is none.");
            return Optional.empty();
        }
        try {
            SignedNote signed = SignedNote.parse(new String(note.get(), UTF_8));
            Checkpoint checkpoint = Checkpoint.parse(signed.text());
            Optional<LogKey> signer = keys.signer(signed, checkpoint);
            if (signer.isEmpty()) {
                findings.wrong(SIGNATURES, object, keys.refusal(object, signed, checkpoint));
            }
            second.check(object, checkpoint, signed, signer.orElse(keys.keyFor(checkpoint.size())), findings);
            return Optional.of(checkpoint);
        } catch (IllegalArgumentException e) {
            findings.wrong(SIGNATURES, object, "The checkpoint in " + object + " is unreadable. " + e.getMessage());
            return Optional.empty();
        }
    }
}
