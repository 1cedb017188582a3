package aether.archive.export;

import static java.nio.charset.StandardCharsets.UTF_8;

import aether.archive.keys.KeyChain;
import aether.archive.keys.LogKey;
import aether.archive.log.Checkpoint;
import aether.archive.log.SignedNote;
import aether.archive.log.VerifierKey;
import aether.archive.policy.WitnessPolicy;
import aether.archive.stamp.TimestampVerdict.Refused;
import aether.archive.stamp.Timestamps;
import aether.archive.stamp.TokenCheck;
import aether.archive.stamp.TrustedAuthorities;
import com.jerolba.carpet.CloseableIterator;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Checks an export from its file alone: no file was changed, every line stands in the signed log and belongs to what
 * was asked for, and every other form follows from the lines.
 */
public final class ExportVerifier {

    private static final int MAX_FINDINGS = 200;

    /** What cannot be in the manifest, because it is about the manifest. */
    private static final Set<String> ABOUT_THE_MANIFEST = Set.of(
            Manifest.NAME,
            Manifest.SUMS,
            Manifest.NOTE,
            "openssl/export.vkey",
            "openssl/export.pem",
            "openssl/manifest.txt",
            "openssl/manifest.sig");

    private final ExportFile file;
    private @Nullable VerifierKey logKey;
    private final @Nullable VerifierKey exportKey;
    private final TrustedAuthorities authorities;
    private final List<byte[]> statements;
    private final @Nullable WitnessPolicy policy;
    private final List<String> findings = new ArrayList<>();
    private List<String> remarks = List.of();
    private Optional<Long> firstEvent = Optional.empty();
    private boolean signed;

    private ExportVerifier(
            ExportFile file,
            @Nullable VerifierKey logKey,
            @Nullable VerifierKey exportKey,
            TrustedAuthorities authorities,
            List<byte[]> statements,
            @Nullable WitnessPolicy policy) {
        this.policy = policy;
        this.statements = List.copyOf(statements);
        this.file = file;
        this.logKey = logKey;
        this.exportKey = exportKey;
        this.authorities = authorities;
    }

    /**
     * Checks it.
     *
     * @param logKey the log's key as the reader got it from elsewhere; null when there is only the one in the export
     * @param exportKey the key of whoever made it, likewise
     * @throws IOException when the file cannot be read or is no zip
     */
    public static ExportReport verify(Path export, @Nullable VerifierKey logKey, @Nullable VerifierKey exportKey)
            throws IOException {
        return verify(export, logKey, exportKey, TrustedAuthorities.NONE);
    }

    /**
     * Checks it, with its timestamp by an authority that the reader believes.
     *
     * @param authorities whose timestamps are believed; nobody's: one is checked with the certificate inside
     * @throws IOException when the file cannot be read or is no zip
     */
    public static ExportReport verify(
            Path export, @Nullable VerifierKey logKey, @Nullable VerifierKey exportKey, TrustedAuthorities authorities)
            throws IOException {
        return verify(export, logKey, exportKey, authorities, List.of());
    }

    /**
     * The same by a reader who has a later key of the log than the export was made with.
     *
     * @param statements by which the log's keys followed each other since
     * @throws IOException when the file cannot be read or is no zip
     */
    public static ExportReport verify(
            Path export,
            @Nullable VerifierKey logKey,
            @Nullable VerifierKey exportKey,
            TrustedAuthorities authorities,
            List<byte[]> statements)
            throws IOException {
        return verify(export, logKey, exportKey, authorities, statements, null);
    }

    /**
     * The same by a reader who demands witnesses.
     *
     * @param policy whose quorum must stand under a checkpoint in the export, and where the log's key is taken from
     *     when none is brought; null to demand none
     * @throws IOException when the file cannot be read or is no zip
     */
    public static ExportReport verify(
            Path export,
            @Nullable VerifierKey logKey,
            @Nullable VerifierKey exportKey,
            TrustedAuthorities authorities,
            List<byte[]> statements,
            @Nullable WitnessPolicy policy)
            throws IOException {
        try (ExportFile file = new ExportFile(export)) {
            return new ExportVerifier(file, logKey, exportKey, authorities, statements, policy).verify();
        }
    }

    private ExportReport verify() throws IOException {
        Optional<byte[]> bytes = file.read(Manifest.NAME);
        if (bytes.isEmpty()) {
            wrong("Expected " + Manifest.NAME + " in the export, but there is none.");
            return report(0, 0);
        }
        Manifest manifest;
        try {
            manifest = Manifest.decode(bytes.get());
        } catch (IllegalArgumentException e) {
            wrong(Manifest.NAME + " is unreadable. " + e.getMessage());
            return report(0, 0);
        }
        if (logKey == null && policy != null) {
            logKey = policy.log(manifest.checkpoint().origin()).orElse(null);
        }
        checkFiles(manifest, bytes.get());
        checkNote(bytes.get());
        Optional<KeyChain> keys = checkCheckpoint(manifest.checkpoint());
        checkTimestamp(manifest.checkpoint());
        checkEvents(manifest);
        if (keys.isPresent()) {
            checkWitnesses(manifest, keys.get());
        }
        return report(manifest.events(), manifest.checkpoint().size());
    }

    private ExportReport report(long events, long size) {
        return new ExportReport(events, size, logKey != null, signed, findings, remarks);
    }

    private void checkWitnesses(Manifest manifest, KeyChain keys) throws IOException {
        TestimonyCheck check = new TestimonyCheck(file, manifest, keys, this::wrong);
        remarks = check.check();
        if (policy != null) {
            check.demand(policy, firstEvent);
        }
    }

    private void checkFiles(Manifest manifest, byte[] bytes) throws IOException {
        SortedSet<String> extra = new TreeSet<>(file.names());
        extra.removeAll(manifest.files().keySet());
        extra.removeAll(ABOUT_THE_MANIFEST);
        extra.forEach(name -> wrong("Expected only what the manifest names, but there is " + name + "."));
        for (Map.Entry<String, Manifest.Content> expected : manifest.files().entrySet()) {
            String name = expected.getKey();
            try (InputStream in = file.open(name);
                    HashingSink found = new HashingSink()) {
                in.transferTo(found);
                if (!found.content().equals(expected.getValue())) {
                    wrong("Expected " + name + " with the SHA-256 and length in the manifest, but it has others.");
                }
            } catch (IOException e) {
                wrong("Expected to read " + name + ", but could not: " + e.getMessage() + ".");
            }
        }
        if (!Arrays.equals(file.read(Manifest.SUMS).orElse(new byte[0]), manifest.sums(bytes))) {
            wrong("Expected " + Manifest.SUMS + " to list the hashes of the manifest, but it does not.");
        }
    }

    private void checkNote(byte[] manifest) throws IOException {
        Optional<byte[]> note = file.read(Manifest.NOTE);
        if (note.isEmpty()) {
            if (exportKey != null) {
                wrong("Expected a signed " + Manifest.NOTE + ", but there is none.");
            }
            return;
        }
        try {
            VerifierKey enclosed = VerifierKey.parse(text("openssl/export.vkey"));
            VerifierKey key = exportKey == null ? enclosed : exportKey;
            SignedNote parsed = SignedNote.parse(new String(note.get(), UTF_8));
            signed = parsed.isSignedBy(key) && parsed.text().equals(Manifest.noteText(manifest));
            if (!signed) {
                wrong("Expected " + Manifest.NOTE + " to be the manifest's hash signed with " + key.vkey()
                        + ", but it is not.");
            }
            requireText("openssl/manifest.txt", parsed.text());
            requireText("openssl/export.pem", enclosed.pem());
            requireBytes("openssl/manifest.sig", parsed.signatureOf(enclosed).orElse(new byte[0]));
        } catch (IllegalArgumentException e) {
            wrong(Manifest.NOTE + " or openssl/export.vkey is unreadable. " + e.getMessage());
        }
    }

    /** The log's keys, unless they are worth nothing. */
    private Optional<KeyChain> checkCheckpoint(Checkpoint expected) throws IOException {
        try {
            VerifierKey enclosed = VerifierKey.parse(text(ExportFile.LOG + "log.vkey"));
            KeyChain keys = KeyChain.of(logKey == null ? enclosed : logKey, statements());
            SignedNote note = SignedNote.parse(text(ExportFile.LOG + "checkpoint"));
            Checkpoint checkpoint = Checkpoint.parse(note.text());
            Optional<LogKey> signer = keys.signer(note, checkpoint);
            if (signer.isEmpty()) {
                wrong(keys.refusal(ExportFile.LOG + "checkpoint", note, checkpoint));
            } else if (!signer.get().key().equals(enclosed)) {
                wrong("Expected log/log.vkey to be the key that has signed log/checkpoint, "
                        + signer.get().key().vkey() + ", but it is " + enclosed.vkey() + ".");
            }
            if (!checkpoint.equals(expected)) {
                wrong("Expected log/checkpoint to be the one in the manifest, but it is another one.");
            }
            requireText("openssl/checkpoint.txt", note.text());
            requireText("openssl/log.pem", enclosed.pem());
            requireBytes("openssl/checkpoint.sig", note.signatureOf(enclosed).orElse(new byte[0]));
            return Optional.of(keys);
        } catch (IllegalArgumentException e) {
            wrong("log/checkpoint, log/log.vkey or a key statement is worth nothing. " + e.getMessage());
            return Optional.empty();
        }
    }

    /** How the log's key changed before the export was made, and what the reader knows of the time after. */
    private List<byte[]> statements() throws IOException {
        List<byte[]> all = new ArrayList<>(statements);
        for (String name : file.names()) {
            if (name.startsWith(ExportFile.LOG + KeyChain.PREFIX)) {
                file.read(name).ifPresent(all::add);
            }
        }
        return all;
    }

    private void checkTimestamp(Checkpoint stamped) throws IOException {
        String name = ExportFile.LOG + Timestamps.key(stamped.size());
        Optional<byte[]> token = file.read(name);
        if (token.isEmpty()) {
            return; // the newest checkpoint is often younger than the newest timestamp
        }
        byte[] checkpoint = file.read(ExportFile.LOG + "checkpoint").orElse(new byte[0]);
        if (TokenCheck.ofStored(token.get(), checkpoint, authorities) instanceof Refused refused) {
            wrong("The timestamp " + name + " is worth nothing. " + refused.sentence());
        }
    }

    private void checkEvents(Manifest manifest) throws IOException {
        Path parquet = Files.createTempFile("aether-export", ".parquet");
        try {
            try (InputStream in = file.open(Parquet.NAME);
                    OutputStream out = Files.newOutputStream(parquet)) {
                in.transferTo(out);
            }
            try (HashingSink csvBytes = new HashingSink();
                    HashingSink ocsfBytes = new HashingSink()) {
                try (Csv csv = new Csv(csvBytes);
                        Ocsf ocsf = new Ocsf(ocsfBytes);
                        CloseableIterator<EventRow> rows =
                                Parquet.reader(parquet.toFile()).iterator()) {
                    LineCheck lines = new LineCheck(file, manifest, rows, this::wrong, csv, ocsf);
                    file.lines(JsonLines.NAME, lines::check);
                    firstEvent = lines.first();
                    lines.end();
                } // a form is complete when it is closed
                requireForm(manifest, Csv.NAME, csvBytes);
                requireForm(manifest, Ocsf.NAME, ocsfBytes);
            }
        } catch (IOException | RuntimeException e) { // the Parquet library tells damage by either
            wrong("Expected to read the events in every form, but could not: " + e.getMessage() + ".");
        } finally {
            Files.deleteIfExists(parquet);
        }
    }

    /** The forms of a format are frozen: the same lines give the same bytes, with any later release. */
    private void requireForm(Manifest manifest, String name, HashingSink derived) throws IOException {
        if (!derived.content().equals(manifest.files().get(name))) {
            wrong("Expected " + name + " to follow from " + JsonLines.NAME + ", but it does not.");
        }
    }

    private String text(String name) throws IOException {
        return new String(file.read(name).orElse(new byte[0]), UTF_8);
    }

    private void requireText(String name, String expected) throws IOException {
        requireBytes(name, expected.getBytes(UTF_8));
    }

    private void requireBytes(String name, byte[] expected) throws IOException {
        if (!Arrays.equals(file.read(name).orElse(new byte[0]), expected)) {
            wrong("Expected " + name + " to repeat what the notes and keys say, but it does not.");
        }
    }

    private void wrong(String sentence) {
        if (findings.size() < MAX_FINDINGS) {
            findings.add(sentence);
        }
    }
}
