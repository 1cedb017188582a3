package aether.archive.intake;

/**
 * One event as it lies in Kafka.
 *
 * @param partition the partition
 * @param offset its offset there
 * @param position the position it claims, or {@link #FOREIGN}
 * @param bytes the envelope, which is the log's entry
 */
@SuppressWarnings("ArrayRecordComponent") // bytes on their way to the log, never compared by equals
public record EventRecord(int partition, long offset, long position, byte[] bytes) {

    /** The position of a record that is no event of ours. */
    public static final long FOREIGN = -1;
}
