package aether.archive.report;

import aether.archive.log.Hash;
import java.util.Locale;

/**
 * The event log beside what is sealed of it.
 *
 * @param sealedSize how many entries are sealed
 * @param sealedRoot the root over them
 * @param store what the event log holds of them
 */
public record Reconciliation(long sealedSize, Hash sealedRoot, Holding store) {

    /** What a comparison can find; the command API has the same words. */
    public enum Finding {
        /** The log holds what is sealed, and nothing is missing in it. */
        AGREES,
        /** The log ends before what is sealed. */
        STORE_IS_SHORT,
        /** Positions are missing in the log. */
        STORE_HAS_GAPS,
        /** The log holds other events than those that are sealed. */
        CONTENT_DIFFERS;

        /** The word in the command API. */
        String word() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    /** What is found; the first of the findings that is true. */
    public Finding finding() {
        if (store.head() + 1 < sealedSize) {
            return Finding.STORE_IS_SHORT;
        }
        if (store.count() != store.head() + 1) {
            return Finding.STORE_HAS_GAPS;
        }
        return store.root().equals(sealedRoot.base64()) ? Finding.AGREES : Finding.CONTENT_DIFFERS;
    }

    /** The finding in a sentence. */
    public String sentence() {
        return switch (finding()) {
            case AGREES -> "The event log agrees with the " + sealedSize + " sealed entries.";
            case STORE_IS_SHORT ->
                "Expected the event log to hold the " + sealedSize + " sealed events, but it ends at position "
                        + store.head() + ".";
            case STORE_HAS_GAPS ->
                "Expected the event log to be dense up to position " + store.head() + ", but it has " + store.count()
                        + " events.";
            case CONTENT_DIFFERS ->
                "Expected the first " + sealedSize + " events of the event log to give the sealed root "
                        + sealedRoot.base64() + ", but they give " + store.root() + ".";
        };
    }
}
