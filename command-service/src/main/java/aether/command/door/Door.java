package aether.command.door;

import aether.format.Envelope;
import aether.format.KafkaRecordFields;
import aether.format.StoredEvent;
import aether.store.log.LogReader;
import aether.store.log.LogUnavailable;
import aether.store.schema.DatabaseSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Publishes the log in order: reads a batch, sends it, waits until Kafka has acknowledged all of it, and only then
 * moves its token. A crash in between sends a batch twice and never leaves one out. Commands do not wait for it: while
 * Kafka is away it tries again, and the log grows meanwhile.
 */
public final class Door implements AutoCloseable {

    /** Measured for the producer pattern: larger batches gain nothing. */
    static final int MAX_BATCH_EVENTS = 500;

    /** What one batch may weigh, so that it is delivered well within its time. */
    static final long MAX_BATCH_BYTES = 4L << 20;

    /** How often the holder looks whether consumers ask again, and others whether the door is free. */
    private static final Duration IDLE = Duration.ofSeconds(1);

    private static final Duration FIRST_PAUSE = Duration.ofMillis(200);

    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

    /** Longer than a batch takes to be delivered when all is well. */
    private static final Duration STOP_WAIT = Duration.ofSeconds(5);

    private static final Logger LOG = LoggerFactory.getLogger(Door.class);

    private final LogReader reader;

    private final Envelope envelope;

    private final DoorToken token;

    private final Outlet outlet;

    private final Thread thread =
            Thread.ofPlatform().daemon().name("aether-door").unstarted(this::run);

    private final AtomicBoolean goBack = new AtomicBoolean();

    private volatile DoorStatus status = DoorStatus.CLOSED;

    private volatile boolean closing;

    private boolean opened;

    private boolean askedConsumers;

    private Duration pause = FIRST_PAUSE;

    Door(LogReader reader, Envelope envelope, DoorToken token, Outlet outlet) {
        this.reader = reader;
        this.envelope = envelope;
        this.token = token;
        this.outlet = outlet;
    }

    /**
     * A door from a log to Kafka.
     *
     * @param tokens the database as a role that may write tokens
     */
    public static Door of(LogReader reader, Envelope envelope, DatabaseSettings tokens, DoorSettings settings) {
        return new Door(reader, envelope, new PostgresDoorToken(tokens), new KafkaOutlet(settings));
    }

    /** Starts publishing, or waiting for the process that publishes to go away. */
    public void start() {
        thread.start();
    }

    /** How it goes. */
    public DoorStatus status() {
        return status;
    }

    /** Goes back, before the next batch, to the smallest position that any consumer states as wanted. */
    public void goBack() {
        goBack.set(true);
    }

    @Override
    public void close() {
        closing = true;
        try {
            thread.join(STOP_WAIT);
            thread.interrupt();
            thread.join(STOP_WAIT);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        try {
            while (!closing) {
                round();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            token.close();
            outlet.close();
        }
    }

    private void round() throws InterruptedException {
        try {
            if (!token.take()) {
                opened = false;
                askedConsumers = false;
                status = DoorStatus.CLOSED;
                Thread.sleep(IDLE);
                return;
            }
            open();
            publish();
            pause = FIRST_PAUSE;
        } catch (DoorException | LogUnavailable e) {
            failed(e);
            Thread.sleep(pause);
            pause = pause.multipliedBy(2).compareTo(LONGEST_PAUSE) < 0 ? pause.multipliedBy(2) : LONGEST_PAUSE;
        }
    }

    private void open() {
        if (opened) {
            return;
        }
        if (outlet.prepare()) {
            // Kafka is new, or came back without anything: whatever it had acknowledged is gone.
            backTo(token.next(), OptionalLong.of(0));
        }
        if (!askedConsumers) {
            backTo(token.next(), outlet.smallestWanted());
            askedConsumers = true;
        }
        opened = true;
        LOG.info("The door to Kafka is open at position {}", token.next());
    }

    private void publish() throws InterruptedException {
        long next = token.next();
        if (goBack.getAndSet(false)) {
            next = backTo(next, outlet.smallestWanted());
        }
        next = backTo(next, outlet.askedAgain());
        List<StoredEvent> events = reader.read(next, MAX_BATCH_EVENTS);
        if (events.isEmpty()) {
            status = new DoorStatus(true, next - 1, next - 1, null);
            boolean unused = reader.awaitAfter(next - 1, IDLE);
            return;
        }
        List<KafkaRecordFields> batch = batch(events);
        outlet.send(batch);
        long after = next + batch.size();
        token.move(after);
        status = new DoorStatus(true, after - 1, Math.max(after - 1, reader.head()), null);
    }

    private List<KafkaRecordFields> batch(List<StoredEvent> events) {
        List<KafkaRecordFields> batch = new ArrayList<>(events.size());
        long bytes = 0;
        for (StoredEvent event : events) {
            KafkaRecordFields fields = envelope.record(event);
            bytes += fields.value().length;
            if (bytes > MAX_BATCH_BYTES && !batch.isEmpty()) {
                break;
            }
            batch.add(fields);
        }
        return batch;
    }

    private long backTo(long next, OptionalLong wanted) {
        if (wanted.isEmpty() || wanted.getAsLong() >= next) {
            return next;
        }
        LOG.info("The door goes back from position {} to {}", next, wanted.getAsLong());
        token.move(wanted.getAsLong());
        return wanted.getAsLong();
    }

    private void failed(RuntimeException e) {
        opened = false;
        String message = String.valueOf(e.getMessage());
        if (!message.equals(status.error())) {
            LOG.warn("The door waits: {}", message);
        }
        status = new DoorStatus(status.publishing(), status.published(), status.head(), message);
    }
}
