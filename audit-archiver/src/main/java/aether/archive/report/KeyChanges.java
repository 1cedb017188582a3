package aether.archive.report;

import aether.archive.keys.Succession;
import java.io.IOException;
import java.nio.file.Path;

/** Changes of the log's key on their way into the event log: made by whoever opens the log, sent by its archiver. */
public final class KeyChanges {

    private KeyChanges() {}

    /**
     * Keeps the report of a change until the log has it; the same may be kept again.
     *
     * @param outbox where the archiver's reports wait
     * @param archive the log's first name, under which all that is said of it is entered
     * @param reason in a word of the command API
     * @param reference the number of a case; empty for none
     */
    public static void keep(Path outbox, String archive, Succession change, String reason, String reference)
            throws IOException {
        new Outbox(outbox).add(new Reports(archive).keyChange(change, reason, reference));
    }
}
