package aether.archive.read;

import aether.archive.log.Hash;
import aether.archive.log.SignedNote;
import aether.archive.log.Signer;
import aether.archive.log.TilePath;
import aether.archive.log.VerifierKey;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * That the entries below a minimum index may be gone (C2SP tlog-tiles, Pruning), because their time was over. Signed
 * with the log's key under a first line that no checkpoint can have.
 *
 * @param origin the log
 * @param below the minimum index: every entry from here on is still there
 * @param root the root over all entries below it
 * @param sealedAt when the newest of them was sealed
 * @param prunedAt when it was decided
 */
public record PrunedLog(String origin, long below, Hash root, Instant sealedAt, Instant prunedAt) {

    /** Where the statements lie. */
    public static final String PREFIX = "pruned/";

    private static final String HEADER = "aether.audit/pruned@v1";

    private static final Pattern FORM = Pattern.compile(HEADER
            + "\n(?<origin>\\S+)\nminimum index (?<below>[1-9]\\d{0,17})\nroot (?<root>\\S+)\nsealed at (?<sealed>\\S+)"
            + "\npruned at (?<pruned>\\S+)\n");

    /** Refuses a minimum index within a bundle. */
    public PrunedLog {
        if (below <= 0 || below % TilePath.FULL != 0) {
            throw new IllegalArgumentException(
                    "Expected a minimum index that is a multiple of 256, but got " + below + ".");
        }
    }

    /** The name of its object. */
    public String key() {
        return String.format(Locale.ROOT, PREFIX + "%020d", below);
    }

    /** The signed statement. */
    public byte[] sign(Signer signer) {
        String text = HEADER + "\n" + origin + "\nminimum index " + below + "\nroot " + root.base64() + "\nsealed at "
                + sealedAt + "\npruned at " + prunedAt + "\n";
        return SignedNote.sign(text, signer).format().getBytes(StandardCharsets.UTF_8);
    }

    /**
     * Reads a statement.
     *
     * @param keys the log's key at a time: who still has an earlier one states nothing about later times
     * @throws IllegalArgumentException when it is none, or not signed with the key of its time
     */
    public static PrunedLog parse(byte[] bytes, Function<Instant, VerifierKey> keys) {
        SignedNote note = SignedNote.parse(new String(bytes, StandardCharsets.UTF_8));
        Matcher form = FORM.matcher(note.text());
        if (!form.matches()) {
            throw new IllegalArgumentException("Expected a statement on what was pruned, but it is not.");
        }
        PrunedLog read = of(form);
        VerifierKey key = keys.apply(read.prunedAt());
        if (!read.origin().equals(key.name()) || !note.isSignedBy(key)) {
            throw new IllegalArgumentException("Expected a statement on what was pruned of " + key.name()
                    + ", signed with " + key.vkey() + ", but it is not.");
        }
        return read;
    }

    private static PrunedLog of(Matcher form) {
        try {
            return new PrunedLog(
                    form.group("origin"),
                    Long.parseLong(form.group("below")),
                    Hash.fromBase64(form.group("root")),
                    Instant.parse(form.group("sealed")),
                    Instant.parse(form.group("pruned")));
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("Expected times in a statement on what was pruned, but got others.", e);
        }
    }

    /**
     * The minimum index that the newest of these objects names; 0 when there is none. Whether it is signed is not
     * asked.
     */
    public static long below(List<String> objects) {
        return objects.stream()
                .map(object -> object.substring(PREFIX.length()))
                .filter(digits -> digits.matches("\\d{20}"))
                .mapToLong(Long::parseLong)
                .max()
                .orElse(0);
    }
}
