package aether.command.strict;

import aether.format.Envelope;
import aether.format.StoredEvent;
import aether.store.log.LogReader;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;

/** Proofs that carry their entry, so that a proof and the log's key are all that anybody needs. */
public final class EntryProofs {

    /** C2SP tlog-proof: what is put beside a proof comes after its first line. */
    private static final String HEADER = "c2sp.org/tlog-proof@v1\n";

    private final ProofSource source;

    private final LogReader reader;

    private final Envelope envelope;

    /**
     * Proofs of a log's events.
     *
     * @param envelope renders what is sealed
     */
    public EntryProofs(ProofSource source, LogReader reader, Envelope envelope) {
        this.source = source;
        this.reader = reader;
        this.envelope = envelope;
    }

    /** The event at a position, if there is one. */
    public Optional<StoredEvent> event(long position) {
        return reader.read(position, 1).stream().findFirst();
    }

    /** The proof of the event at a position; empty when it is not sealed in time. */
    public Optional<String> await(long position, Duration limit) {
        return event(position)
                .flatMap(event -> source.await(position, limit)
                        .filter(proof -> proof.startsWith(HEADER))
                        .map(proof -> HEADER + "extra " + Base64.getEncoder().encodeToString(envelope.render(event))
                                + "\n" + proof.substring(HEADER.length())));
    }
}
