package aether.archive;

import aether.archive.log.TlogProof;
import aether.archive.read.ArchiveReader;
import aether.archive.verify.ArchiveProver;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/** Where others wait for their entries to be sealed. Threads of the desk's clients use it, and the archiver's. */
final class ProofDesk {

    private final AtomicLong wished = new AtomicLong(-1);
    private final StatusBoard board;
    private final ArchivePlace place;

    ProofDesk(StatusBoard board, ArchivePlace place) {
        this.board = board;
        this.place = place;
    }

    /** The highest position that anybody has waited for, -1 for none. */
    long wished() {
        return wished.get();
    }

    /**
     * Waits until the entry is sealed, and proves it against the published checkpoint, as any stranger could. The proof
     * does not carry the entry: who asks has it.
     *
     * @return empty when it is not sealed in time
     */
    Optional<TlogProof> await(long position, Duration limit) throws IOException, InterruptedException {
        wished.accumulateAndGet(position, Math::max);
        if (!board.awaitSealed(position, limit)) {
            return Optional.empty();
        }
        try (ArchivePlace.Reading reading = place.read()) {
            ArchiveReader archive = reading.archive();
            TlogProof proof = ArchiveProver.open(archive, null).atIndex(position);
            return Optional.of(new TlogProof(proof.index(), proof.hashes(), proof.checkpoint()));
        }
    }
}
