package aether.archive.report;

/**
 * What the event log holds.
 *
 * @param head the position of its newest event, -1 when there is none
 * @param count how many events it holds
 * @param root the root over its first events, in base64; empty when it has too few or some are missing
 * @param readFrom the position from which they were read for it; what lies before was read earlier
 */
public record Holding(long head, long count, String root, long readFrom) {}
