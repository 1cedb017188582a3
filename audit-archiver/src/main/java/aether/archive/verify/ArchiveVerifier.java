package aether.archive.verify;

import aether.archive.log.Checkpoint;
import aether.archive.log.VerifierKey;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Checks a whole archive from its files alone. */
public final class ArchiveVerifier {

    private ArchiveVerifier() {}

    /**
     * Checks signatures, every hash, every lock and every position.
     *
     * @param archive the archive's directory
     * @param vkeyFile a file with the vkey line that the reader got from elsewhere; without it the archive can only be
     *     checked against itself
     * @throws IOException when a file cannot be read
     * @throws IllegalArgumentException when there is no archive or no key in the file
     */
    public static VerificationReport verify(Path archive, Optional<Path> vkeyFile) throws IOException {
        if (!Files.isDirectory(archive)) {
            throw new IllegalArgumentException("Expected an archive in " + archive + ", but it is no directory.");
        }
        Optional<VerifierKey> brought = vkeyFile.isPresent()
                ? Optional.of(VerifierKey.parse(Files.readString(vkeyFile.get())))
                : Optional.empty();
        return verify(new DirectoryReader(archive), brought);
    }

    static VerificationReport verify(ArchiveReader archive, Optional<VerifierKey> brought) throws IOException {
        Findings findings = new Findings();
        SignatureCheck signatures = new SignatureCheck(archive, findings);
        Optional<VerifierKey> enclosed = signatures.enclosedKey();
        Optional<VerifierKey> key = brought.or(() -> enclosed);
        if (key.isEmpty()) {
            return findings.report(false, 0, "");
        }
        try {
            Optional<Checkpoint> promised = newest(archive, signatures, key.get(), findings);
            if (promised.isPresent()) {
                SealCheck seals = new SealCheck(archive, signatures, key.get(), findings);
                new TreeCheck(archive, findings).check(promised.get(), seals::promisedAt);
                seals.checkChain();
            }
            new LockCheck(archive, findings).check();
            return findings.report(
                    brought.isPresent(),
                    promised.map(Checkpoint::size).orElse(0L),
                    promised.map(checkpoint -> checkpoint.root().base64()).orElse(""));
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    /** A sealed checkpoint may be ahead of the live one: a promise is a promise, wherever it lies. */
    private static Optional<Checkpoint> newest(
            ArchiveReader archive, SignatureCheck signatures, VerifierKey key, Findings findings) throws IOException {
        Optional<Checkpoint> live = signatures.checkpoint("checkpoint", key);
        List<String> sealed = archive.children("checkpoints/");
        if (live.isEmpty() || sealed.isEmpty()) {
            return live;
        }
        Optional<Checkpoint> last = signatures.checkpoint(sealed.getLast(), key);
        if (last.isEmpty() || last.get().size() <= live.get().size()) {
            return live;
        }
        findings.remark("The live checkpoint is of size " + live.get().size() + " and behind the sealed one of size "
                + last.get().size() + ": its writer died before it published, or the live one was put back.");
        return last;
    }
}
