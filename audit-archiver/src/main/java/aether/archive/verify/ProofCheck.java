package aether.archive.verify;

import static aether.archive.verify.VerificationLevel.PROOFS;

import aether.archive.keys.EpochBase;
import aether.archive.log.Checkpoint;
import aether.archive.log.Hash;
import aether.archive.log.MerkleTree;
import aether.archive.log.ProofBuilder;
import aether.archive.log.TilePath;
import aether.archive.read.ArchiveReader;
import aether.archive.read.EntryReader;
import aether.archive.read.TileCache;
import aether.archive.verify.VerificationRequest.Progress;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** L2: what the tiles prove, without reading all entries. */
final class ProofCheck {

    private final Checkpoint promised;
    private final EntryReader entries;
    private final ProofBuilder proofs;
    private final Findings findings;

    ProofCheck(ArchiveReader archive, Checkpoint promised, Findings findings) {
        this.promised = promised;
        this.entries = new EntryReader(archive, promised.size());
        this.proofs = new ProofBuilder(new TileCache(archive), promised.size());
        this.findings = findings;
    }

    /** Each sealed checkpoint must be a beginning of the newest one. */
    void checkConsistency(SealedCheckpoints sealed, long prunedBelow, Progress progress) throws IOException {
        long[] sizes = sealed.sizesWithin(Math.max(1, prunedBelow), promised.size());
        for (int i = 0; i < sizes.length; i++) {
            Optional<Hash> root = sealed.root(sizes[i]);
            if (root.isPresent()) {
                checkConsistency(SealedCheckpoints.key(sizes[i]), sizes[i], root.get());
            }
            progress.at(PROOFS, i + 1L, sizes.length);
        }
    }

    private void checkConsistency(String object, long size, Hash root) {
        try {
            if (!proofs.consistency(size).proves(root, promised.root())) {
                findings.wrong(
                        PROOFS,
                        object,
                        "Expected the tiles to prove that " + object
                                + " is a beginning of the newest checkpoint of size " + promised.size()
                                + ", but they do not.");
            }
        } catch (IllegalStateException e) {
            findings.wrong(PROOFS, object, "The consistency of " + object + " cannot be proven. " + e.getMessage());
        }
    }

    /** What an epoch is built on must be a beginning of the newest checkpoint too. */
    void checkBases(List<EpochBase> bases, long prunedBelow) {
        for (EpochBase base : bases) {
            if (base.size() > promised.size()) {
                findings.wrong(
                        PROOFS,
                        base.object(),
                        "Expected the log to begin with the " + base.size() + " entries of " + base.object()
                                + ", but it has " + promised.size() + ".");
            } else if (base.size() >= prunedBelow) {
                checkConsistency(base.object(), base.size(), base.root());
            }
        }
    }

    /** Each of these entries must be in the newest checkpoint's tree. */
    void checkInclusion(List<Long> positions) throws IOException {
        for (long position : positions) {
            String object = "entry " + position;
            if (position < 0 || position >= promised.size()) {
                findings.wrong(
                        PROOFS,
                        object,
                        "Expected entry " + position + ", but the log has the entries 0 to " + (promised.size() - 1)
                                + ".");
                continue;
            }
            try {
                byte[] entry = entries.bundle(position / TilePath.FULL).get((int) (position % TilePath.FULL));
                if (!proofs.inclusion(position).proves(MerkleTree.leaf(entry), promised.root())) {
                    findings.wrong(
                            PROOFS,
                            object,
                            "Expected entry " + position + " and the tiles above it to give the signed root, but they"
                                    + " do not.");
                }
            } catch (IllegalStateException e) {
                findings.wrong(PROOFS, object, "Entry " + position + " cannot be proven. " + e.getMessage());
            }
        }
    }
}
