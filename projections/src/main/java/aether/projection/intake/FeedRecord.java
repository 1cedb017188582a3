package aether.projection.intake;

/**
 * One record of the events topic.
 *
 * @param position the event's number in the log, as the record's header states it
 * @param value the CloudEvent
 */
@SuppressWarnings("ArrayRecordComponent") // bytes on their way to the reader, never compared by equals
record FeedRecord(int partition, long offset, long position, String key, byte[] value) {}
