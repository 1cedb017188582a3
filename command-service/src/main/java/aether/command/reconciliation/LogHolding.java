package aether.command.reconciliation;

import aether.format.Envelope;
import aether.format.StoredEvent;
import aether.store.log.LogGapException;
import aether.store.log.LogReader;
import java.util.List;

/**
 * Reads the log as it would be published and folds it into one root. What was read stays folded, so that the next
 * answer costs only what is new; whoever doubts old rows asks anew.
 */
public final class LogHolding {

    /** An answer within seconds: about as long as this many events take to read, render and hash. */
    static final int MAX_PER_ANSWER = 100_000;

    private static final int PAGE = 1_000;

    private final LogReader reader;

    private final Envelope envelope;

    private MerkleFold fold = new MerkleFold();

    private long folded;

    private long readFrom;

    /**
     * What a log holds.
     *
     * @param envelope renders what the archive seals
     */
    public LogHolding(LogReader reader, Envelope envelope) {
        this.reader = reader;
        this.envelope = envelope;
    }

    /**
     * An answer.
     *
     * @param complete false when there is more to read than one answer takes; then ask again, not anew
     * @param head the position of the newest event, -1 when there is none
     * @param count how many events there are
     * @param root the root over the first events, in base64; empty when there are too few, some are missing, or the
     *     answer is not complete
     * @param readFrom the position from which they were read since somebody asked last
     */
    public record Answer(boolean complete, long head, long count, String root, long readFrom) {}

    /**
     * What it holds.
     *
     * @param size how many events from the first the root is over
     * @param anew whether they are read from the first
     * @throws aether.store.log.LogUnavailable when the log is away
     */
    public synchronized Answer upTo(long size, boolean anew) {
        if (anew || folded > size) {
            begin();
        }
        LogReader.Extent extent = reader.extent();
        if (extent.head() + 1 < size || extent.count() != extent.head() + 1) {
            return new Answer(true, extent.head(), extent.count(), "", readFrom);
        }
        try {
            if (!fold(size)) {
                return new Answer(false, extent.head(), extent.count(), "", readFrom);
            }
        } catch (LogGapException e) {
            begin();
            return new Answer(true, extent.head(), extent.count(), "", readFrom);
        }
        Answer answer = new Answer(true, extent.head(), extent.count(), fold.root(), readFrom);
        readFrom = folded;
        return answer;
    }

    private void begin() {
        fold = new MerkleFold();
        folded = 0;
        readFrom = 0;
    }

    /** Whether the size is reached. */
    private boolean fold(long size) {
        long until = Math.min(size, folded + MAX_PER_ANSWER);
        while (folded < until) {
            List<StoredEvent> page = reader.read(folded, (int) Math.min(PAGE, until - folded));
            if (page.isEmpty()) {
                return false; // it became shorter meanwhile: the next answer says so
            }
            for (StoredEvent event : page) {
                fold.add(envelope.render(event));
                folded++;
            }
        }
        return folded == size;
    }
}
