package aether.archive.verify;

import static aether.archive.verify.VerificationLevel.SIGNATURES;
import static java.nio.charset.StandardCharsets.UTF_8;

import aether.archive.cosign.Cosignatures;
import aether.archive.keys.KeyChain;
import aether.archive.keys.LogKey;
import aether.archive.log.Checkpoint;
import aether.archive.log.CosignerKey;
import aether.archive.log.SignedNote;
import aether.archive.read.ArchiveReader;
import aether.archive.verify.VerificationRequest.Progress;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/** L1: each cosigned checkpoint is the sealed one of its size, signed by the log and by the witness it is named for. */
final class CosignCheck {

    private final ArchiveReader archive;
    private final KeyChain keys;
    private final Findings findings;
    private final Map<String, CosignerKey> witnesses = new TreeMap<>();
    private long genuine;
    private String newest = "";

    CosignCheck(ArchiveReader archive, KeyChain keys, Findings findings) {
        this.archive = archive;
        this.keys = keys;
        this.findings = findings;
    }

    private record Checked(long size, Optional<Instant> at, Findings findings) {}

    void check(InOrder workers, Progress progress) throws IOException {
        for (String object : archive.children(Cosignatures.KEYS)) {
            readKey(object);
        }
        List<String> objects = archive.children(Cosignatures.PREFIX);
        long[] done = new long[1];
        workers.each(objects.iterator(), this::cosigned, checked -> {
            findings.addAll(checked.findings());
            checked.at().ifPresent(at -> {
                genuine++;
                newest = "size " + checked.size() + " at " + at;
            });
            progress.at(SIGNATURES, ++done[0], objects.size());
            return true;
        });
        if (genuine > 0) {
            findings.remark(genuine + " cosignatures of "
                    + String.join(
                            ", ",
                            new TreeSet<>(witnesses.values().stream()
                                    .map(CosignerKey::name)
                                    .toList()))
                    + ", checked with the keys in the archive (a policy of your own says whose count); the newest, "
                    + newest + ".");
        }
    }

    private void readKey(String object) throws IOException {
        String text = new String(archive.read(object).orElse(new byte[0]), UTF_8);
        try {
            CosignerKey key = CosignerKey.parse(text);
            if (Cosignatures.witness(key).equals(object)
                    && Cosignatures.text(key).equals(text)) {
                witnesses.put(key.idHex(), key);
                return;
            }
            findings.wrong(
                    SIGNATURES,
                    object,
                    "Expected " + object + " to hold the key that it is named for and nothing else, but it holds "
                            + key.vkey() + ".");
        } catch (IllegalArgumentException e) {
            findings.wrong(SIGNATURES, object, "The witness's key in " + object + " is unreadable. " + e.getMessage());
        }
    }

    private Checked cosigned(String object) throws IOException {
        Findings found = new Findings();
        Optional<Cosignatures.Name> name = Cosignatures.name(object);
        if (name.isEmpty()) {
            found.wrong(
                    SIGNATURES,
                    object,
                    "Expected cosigned checkpoints named by size and key id, but " + object + " is not.");
            return new Checked(0, Optional.empty(), found);
        }
        long size = name.get().size();
        Optional<Instant> at = Optional.empty();
        try {
            at = cosigned(object, name.get(), found);
        } catch (IllegalArgumentException e) {
            found.wrong(SIGNATURES, object, "The cosigned checkpoint " + object + " is unreadable. " + e.getMessage());
        }
        return new Checked(size, at, found);
    }

    private Optional<Instant> cosigned(String object, Cosignatures.Name name, Findings found) throws IOException {
        SignedNote note = SignedNote.parse(new String(archive.read(object).orElse(new byte[0]), UTF_8));
        Checkpoint checkpoint = Checkpoint.parse(note.text());
        requireSealed(object, note, name.size(), found);
        CosignerKey witness = witnesses.get(name.id());
        if (witness == null) {
            found.wrong(
                    SIGNATURES,
                    name.key(),
                    "Expected a witness's key in " + name.key() + " for " + object + ", but there is none that can be"
                            + " used.");
            return Optional.empty();
        }
        Optional<LogKey> signer = keys.signer(note, checkpoint);
        if (signer.isEmpty()) {
            found.wrong(SIGNATURES, object, keys.refusal(object, note, checkpoint));
            return Optional.empty();
        }
        Optional<Instant> at = witness.cosigned(note);
        SignedNote expected = note.only(signer.get().key()).withAll(note.of(witness));
        if (at.isEmpty() || !expected.equals(note)) {
            found.wrong(
                    SIGNATURES,
                    object,
                    "Expected " + object + " to be signed by the log and then by " + witness.vkey()
                            + " and nobody else, but it is not.");
            return Optional.empty();
        }
        return at;
    }

    private void requireSealed(String object, SignedNote note, long size, Findings found) throws IOException {
        String sealed = SealedCheckpoints.key(size);
        Optional<byte[]> bytes = archive.read(sealed);
        String text = bytes.map(present -> new String(present, UTF_8)).orElse("");
        if (!text.startsWith(note.text() + "\n")) {
            found.wrong(
                    SIGNATURES,
                    object,
                    "Expected " + object + " to be the checkpoint that " + sealed + " has sealed, but "
                            + (bytes.isEmpty() ? "that is missing." : "it is another one."));
        }
    }
}
