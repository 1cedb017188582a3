package aether.archive.epoch;

import aether.archive.log.TilePath;
import aether.archive.read.ArchiveReader;
import aether.archive.store.LiveStore;
import aether.archive.verify.ArchiveVerifier;
import aether.archive.verify.VerificationLevel;
import aether.archive.verify.VerificationReport;
import aether.archive.verify.VerificationRequest;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What is left of an archive: it must be whole up to where it ends, and nothing may lie beyond that. */
public final class Remains {

    private static final Pattern SIZED =
            Pattern.compile("(?<kind>seals|checkpoints|cosigned|timestamps|pruned|staged/.*)/(?<size>\\d{20})(\\..*)?");

    private static final String HINT =
            " Bring back what is missing, or what lies there cannot be told apart from what comes next.";

    private final ArchiveReader archive;

    /** What a stranger sees of it. */
    public Remains(ArchiveReader archive) {
        this.archive = archive;
    }

    /**
     * Derives every tile and every root again from the entries, up to the newest seal.
     *
     * @throws IllegalStateException when something is wrong
     */
    public void requireWhole() throws IOException {
        VerificationReport report = ArchiveVerifier.verify(
                new SealedView(archive),
                new VerificationRequest(
                        VerificationLevel.TREE,
                        null,
                        List.of(),
                        Runtime.getRuntime().availableProcessors(),
                        VerificationRequest.Progress.SILENT));
        if (!report.isIntact()) {
            throw new IllegalStateException("Expected an archive that is whole up to its newest seal, but: "
                    + report.findings().getFirst().sentence() + " A new epoch is built on nothing else.");
        }
    }

    /**
     * Takes away the partial tiles of what was lost, which are in nobody's lock.
     *
     * @param size where the archive ends
     * @throws IllegalStateException when something that is locked lies beyond it
     */
    public void clear(long size, LiveStore live) throws IOException {
        List<String> beyond = new ArrayList<>();
        archive.forEachKey(key -> {
            if (liesBeyond(key, size)) {
                beyond.add(key);
            }
        });
        for (String key : beyond) {
            if (archive.lock(key).isPresent()) {
                throw new IllegalStateException(
                        "Expected nothing in the archive beyond size " + size + ", but there is " + key + "." + HINT);
            }
        }
        for (String key : beyond) {
            live.delete(key);
        }
    }

    /** Whether an object speaks of more entries than so many. */
    static boolean liesBeyond(String key, long size) {
        Matcher sized = SIZED.matcher(key);
        if (sized.matches()) {
            long named = Long.parseLong(sized.group("size"));
            return sized.group("kind").startsWith("staged") ? named >= size : named > size;
        }
        return tile(key)
                .map(tile -> hashes(tile) > TilePath.hashesAt(Math.max(0, tile.level()), size))
                .orElse(false);
    }

    /** How many hashes, or entries, there must be on the tile's level. */
    private static long hashes(TilePath tile) {
        return tile.index() * TilePath.FULL + tile.width();
    }

    private static Optional<TilePath> tile(String key) {
        try {
            return TilePath.parse(key);
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
