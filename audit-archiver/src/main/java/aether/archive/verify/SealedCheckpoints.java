package aether.archive.verify;

import aether.archive.log.Checkpoint;
import aether.archive.log.Hash;
import aether.archive.log.SignedNote;
import aether.archive.read.ArchiveReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** Which sizes were sealed, in 8 bytes each, and what was promised about them. */
final class SealedCheckpoints {

    static final String PREFIX = "checkpoints/";

    private static final Pattern NAME = Pattern.compile("checkpoints/\\d{20}");

    private final ArchiveReader archive;
    private final long[] sizes;

    SealedCheckpoints(ArchiveReader archive) throws IOException {
        this.archive = archive;
        this.sizes = archive.children(PREFIX).stream()
                .filter(key -> NAME.matcher(key).matches())
                .mapToLong(key -> Long.parseLong(key.substring(PREFIX.length())))
                .sorted()
                .toArray();
    }

    static String key(long size) {
        return String.format(Locale.ROOT, PREFIX + "%020d", size);
    }

    /** All of them, rising. */
    long[] sizes() {
        return sizes.clone();
    }

    /** Those from {@code from} to {@code to}, both included, rising. */
    long[] sizesWithin(long from, long to) {
        int first = insertion(from);
        return Arrays.copyOfRange(sizes, first, Math.max(first, insertion(to + 1)));
    }

    private int insertion(long size) {
        int found = Arrays.binarySearch(sizes, size);
        return found < 0 ? -found - 1 : found;
    }

    /**
     * The promised root; whether the promise is signed is {@link SealCheck}'s question, which also reports what is
     * unreadable.
     */
    Optional<Hash> root(long size) throws IOException {
        Optional<byte[]> note = archive.read(key(size));
        if (note.isEmpty()) {
            return Optional.empty();
        }
        try {
            Checkpoint checkpoint = Checkpoint.parse(SignedNote.parse(new String(note.get(), StandardCharsets.UTF_8))
                    .text());
            return checkpoint.size() == size ? Optional.of(checkpoint.root()) : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
