package aether.domain.archive;

/**
 * The event log beside what is sealed of it.
 *
 * @param sealedSize how many entries are sealed
 * @param sealedRoot the root over them (RFC 6962), as in the signed checkpoint
 * @param storeHead the position of the newest event in the event log, -1 when there is none
 * @param storeCount how many events it holds
 * @param storeRoot the root over its first {@code sealedSize} events; empty when it has fewer
 * @param readFrom the position from which the events were read for it; what lies before was read by an earlier one
 */
public record Comparison(
        long sealedSize, String sealedRoot, long storeHead, long storeCount, String storeRoot, long readFrom) {

    /** What a comparison can find. */
    public enum Finding {
        /** The log holds what is sealed, and nothing is missing in it. */
        AGREES,
        /** The log ends before what is sealed. */
        STORE_IS_SHORT,
        /** Positions are missing in the log. */
        STORE_HAS_GAPS,
        /** The log holds other events than those that are sealed. */
        CONTENT_DIFFERS
    }
}
