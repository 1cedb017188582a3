package aether.archive.verify;

import static aether.archive.verify.VerificationLevel.SIGNATURES;

import aether.archive.keys.KeyChain;
import aether.archive.log.Checkpoint;
import aether.archive.read.ArchiveReader;
import aether.archive.read.Frontier;
import aether.archive.read.KeptFor;
import aether.archive.read.PrunedLog;
import aether.archive.read.TileCache;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * L1: what was pruned, and was its time over? Only what a statement says that is signed with the log's key, that proves
 * itself against the tiles, and whose entries were sealed long enough ago, may be missing.
 */
final class PrunedCheck {

    private final ArchiveReader archive;
    private final Findings findings;

    PrunedCheck(ArchiveReader archive, Findings findings) {
        this.archive = archive;
        this.findings = findings;
    }

    /** The minimum index that is justified; 0 when nothing may be missing. */
    long check(KeyChain keys, Optional<Checkpoint> promised, Instant now) throws IOException {
        List<String> statements = archive.children(PrunedLog.PREFIX);
        if (statements.isEmpty() || promised.isEmpty()) {
            return 0;
        }
        long below = 0;
        for (String object : statements) {
            below = Math.max(below, check(object, keys, promised.get(), now));
        }
        if (below > 0) {
            findings.remark("Entries below " + below + " may have been pruned by rule: every one of them was kept for"
                    + " as long as it had to be. Sealed checkpoints below that size can no longer be derived.");
        }
        return below;
    }

    private long check(String object, KeyChain keys, Checkpoint promised, Instant now) throws IOException {
        try {
            PrunedLog pruned = PrunedLog.parse(
                    archive.read(object).orElse(new byte[0]),
                    at -> keys.keyAt(at).key());
            Optional<String> fault = fault(object, pruned, promised, now);
            if (fault.isEmpty()) {
                return pruned.below();
            }
            findings.wrong(SIGNATURES, object, fault.get());
        } catch (IllegalArgumentException | IllegalStateException e) {
            findings.wrong(SIGNATURES, object, "The statement " + object + " is worth nothing. " + e.getMessage());
        }
        return 0;
    }

    private Optional<String> fault(String object, PrunedLog pruned, Checkpoint promised, Instant now)
            throws IOException {
        if (!object.equals(pruned.key())) {
            return Optional.of(
                    "Expected " + object + " to be of its minimum index, but it is of " + pruned.below() + ".");
        }
        if (pruned.below() > promised.size()) {
            return Optional.of("Expected a minimum index of at most the log's size " + promised.size() + ", but "
                    + object + " says " + pruned.below() + ".");
        }
        KeptFor kept = new KeptFor(archive);
        Optional<Instant> sealedAt = kept.sealedAt(pruned.below());
        if (!sealedAt.equals(Optional.of(pruned.sealedAt()))) {
            return Optional.of("Expected " + object + " to know when its entries were sealed, "
                    + sealedAt.map(Instant::toString).orElse("which they were not") + ", but it says "
                    + pruned.sealedAt() + ".");
        }
        Instant due = kept.until(pruned.sealedAt());
        if (pruned.prunedAt().isBefore(due) || now.isBefore(pruned.prunedAt())) {
            return Optional.of("Expected the entries below " + pruned.below() + " to be kept until " + due + ", but "
                    + object + " is of " + pruned.prunedAt() + ", and now it is " + now + ".");
        }
        return proves(pruned, promised)
                ? Optional.empty()
                : Optional.of("Expected " + object + " to have the root of the first " + pruned.below()
                        + " entries, but the tiles give another one.");
    }

    /** A statement below another one is history: its tiles may be gone, and the newer one stands for it. */
    private boolean proves(PrunedLog pruned, Checkpoint promised) throws IOException {
        if (pruned.below() < PrunedLog.below(archive.children(PrunedLog.PREFIX))) {
            return true;
        }
        try {
            return Frontier.at(pruned.below(), promised.size(), new TileCache(archive))
                    .root()
                    .equals(pruned.root());
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }
}
