package aether.store.log;

import aether.store.schema.DatabaseSettings;
import java.time.Duration;

/**
 * How a {@link LogWriter} connects and what bounds it.
 *
 * @param database the database, as the appender role
 * @param queueCapacity how many commands may wait; more are refused
 * @param maxBatchEvents how many events share one commit: a batch holds the log for everybody while it lasts
 * @param maxBatchBytes how many bytes share one commit, for the same reason
 * @param answerWait how long a command waits for its answer, outages included, before it is refused
 * @param notifyGap how long wake-ups are gathered, so that they cost appends nothing
 */
public record WriterSettings(
        DatabaseSettings database,
        int queueCapacity,
        int maxBatchEvents,
        long maxBatchBytes,
        Duration answerWait,
        Duration notifyGap) {

    /** Waiting commands beyond this would wait longer than their callers do. */
    public static final int DEFAULT_QUEUE_CAPACITY = 10_000;

    /** Measured: larger batches gain nothing. */
    public static final int DEFAULT_BATCH_EVENTS = 1_000;

    /** About 10 ms of lock time on a plain disk. */
    public static final long DEFAULT_BATCH_BYTES = 1L << 20;

    /** Longer than a restart of PostgreSQL, shorter than an HTTP client's patience. */
    public static final Duration DEFAULT_ANSWER_WAIT = Duration.ofSeconds(10);

    /** Measured: adds 0.4 ms to a wake-up and frees the appends. */
    public static final Duration DEFAULT_NOTIFY_GAP = Duration.ofMillis(2);

    public WriterSettings {
        if (queueCapacity < 1 || maxBatchEvents < 1 || maxBatchBytes < 1) {
            throw new IllegalArgumentException("Expected positive bounds, but got queue " + queueCapacity + ", events "
                    + maxBatchEvents + ", bytes " + maxBatchBytes);
        }
        if (answerWait.isNegative() || answerWait.isZero() || notifyGap.isNegative()) {
            throw new IllegalArgumentException(
                    "Expected positive waits, but got answer " + answerWait + ", notify " + notifyGap);
        }
    }

    /** The measured defaults. */
    public static WriterSettings of(DatabaseSettings database) {
        return new WriterSettings(
                database,
                DEFAULT_QUEUE_CAPACITY,
                DEFAULT_BATCH_EVENTS,
                DEFAULT_BATCH_BYTES,
                DEFAULT_ANSWER_WAIT,
                DEFAULT_NOTIFY_GAP);
    }

    /** The same, but refusing after another wait. */
    public WriterSettings withAnswerWait(Duration wait) {
        return new WriterSettings(database, queueCapacity, maxBatchEvents, maxBatchBytes, wait, notifyGap);
    }
}
