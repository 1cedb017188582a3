package aether.archive.intake;

import aether.archive.log.EntryBundle;
import aether.archive.log.Hash;
import aether.archive.seal.KafkaOffsets;
import aether.archive.seal.SealRhythm;
import aether.archive.seal.Sealer;
import aether.archive.store.TamperAlarm;
import java.io.IOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Feeds the sealer with every position in turn. What it has seen it drops, after a look whether it still is the same;
 * at a gap it stops and says which position it waits for. One thread uses it.
 */
public final class Intake {

    /** By this name the door knows who wants a position. */
    public static final String CONSUMER = "audit-archiver";

    private static final Logger LOG = LoggerFactory.getLogger(Intake.class);

    private final RecordSource source;
    private final Sealer sealer;
    private final SealRhythm rhythm;
    private final IntakeSettings settings;
    private final WantedPositions wantedPositions;
    private final LongSupplier nanoTime;
    private final Reordering reordering;
    private final Map<Integer, PartitionProgress> partitions = new TreeMap<>();
    private final IntakeReport report;
    private KafkaOffsets committed;
    private long movedAt;
    private boolean searching;

    /** An intake that goes on where the sealer is. */
    public Intake(
            RecordSource source,
            Sealer sealer,
            SealRhythm rhythm,
            IntakeSettings settings,
            WantedPositions wantedPositions,
            LongSupplier nanoTime,
            IntakeReport report) {
        this.source = source;
        this.sealer = sealer;
        this.rhythm = rhythm;
        this.settings = settings;
        this.wantedPositions = wantedPositions;
        this.nanoTime = nanoTime;
        this.report = report;
        this.reordering = new Reordering(settings, sealer.size());
        this.committed = sealer.sealedOffsets();
        this.movedAt = nanoTime.getAsLong();
    }

    /** Says what it wants, so that the door goes back if Kafka has lost it. */
    public void start() {
        stateWanted();
    }

    /**
     * Takes in what has arrived and does what is due.
     *
     * @throws TamperAlarm when two events claim the same position, unless one is archived and the other is known
     * @throws IOException when a store or Kafka does not answer; a new intake must be made
     */
    public void step() throws IOException {
        takeIn(source.poll(settings.pollTimeout()));
        List<EventRecord> ready = reordering.ready(settings.window()); // one seal covers everything that waits
        if (!ready.isEmpty()) {
            archive(ready);
        }
        rhythm.keep(offsets());
        commit();
        watchGap();
    }

    /** Seals what is not sealed yet, before a shutdown. */
    public void finish() throws IOException {
        sealer.seal(offsets());
        commit();
    }

    private void takeIn(List<EventRecord> events) throws IOException {
        Set<Integer> held = new HashSet<>(); // partitions to be read again from an event that was too far ahead
        for (EventRecord event : events) {
            if (!held.contains(event.partition()) && !takeIn(event)) {
                held.add(event.partition());
            }
        }
    }

    private boolean takeIn(EventRecord event) throws IOException {
        PartitionProgress progress = progress(event.partition());
        if (event.position() == EventRecord.FOREIGN) {
            LOG.warn("Left out offset {} of partition {}: it is no event.", event.offset(), event.partition());
            report.foreignRecord();
            progress.read(event.offset());
            return true;
        }
        return switch (reordering.offer(event)) {
            case HELD -> {
                requireLoggable(event);
                progress.hold(event.offset());
                yield true;
            }
            case PAST -> {
                requireSame(event);
                progress.read(event.offset());
                yield true;
            }
            case REPEATED -> {
                progress.read(event.offset());
                yield true;
            }
            case CONTRADICTED ->
                throw new TamperAlarm("Expected one event at position " + event.position()
                        + ", but Kafka has two different ones and neither is archived; the second is at offset "
                        + event.offset() + " of partition " + event.partition() + ".");
            case TOO_FAR -> tooFar(event, progress);
        };
    }

    /** Normally its partition waits; in search of a lost position it is read on and this event is read again later. */
    private boolean tooFar(EventRecord event, PartitionProgress progress) {
        progress.passOver(event.offset());
        if (searching) {
            return true;
        }
        source.pause(event.partition());
        progress.pause(true);
        return false;
    }

    private static void requireLoggable(EventRecord event) {
        if (event.bytes().length > EntryBundle.MAX_ENTRY_BYTES) {
            throw new IllegalStateException("Expected an event of at most " + EntryBundle.MAX_ENTRY_BYTES
                    + " bytes, but the one at position " + event.position() + " has " + event.bytes().length + ".");
        }
    }

    private void requireSame(EventRecord event) throws IOException {
        if (!sealer.holds(event.position(), event.bytes())) {
            String alarm = "Expected the archived event at position " + event.position() + ", but offset "
                    + event.offset() + " of partition " + event.partition() + " holds another one.";
            report.equivocation(alarm); // the log keeps the first; a person must find out who made the second
            String sha256 = Hash.sha256(event.bytes()).hex();
            if (!settings.knownRepeats().contains(sha256)) {
                throw new TamperAlarm(alarm
                        + " Nothing is sealed before a person has looked who made it; its SHA-256 is " + sha256 + ".");
            }
            LOG.warn("{} It is known.", alarm);
        }
    }

    private void archive(List<EventRecord> events) throws IOException {
        sealer.append(events.stream().map(EventRecord::bytes).toList());
        // Locked and in the log: only now may offsets move past these events.
        reordering.archived(events);
        events.forEach(event -> progress(event.partition()).archived(event.offset()));
        movedAt = nanoTime.getAsLong();
        searching = false;
        if (reordering.hasRoom() || reordering.ready(1).isEmpty()) {
            goOnReading();
        }
        rhythm.keep(offsets());
    }

    /** Reading again drops what Kafka has fetched ahead, so it is done when there is room or nothing else to do. */
    private void goOnReading() {
        partitions.forEach((partition, progress) -> {
            if (progress.hasPassedOver()) {
                source.seek(partition, progress.readAgain());
            }
            if (progress.isPaused()) {
                source.resume(partition);
                progress.pause(false);
            }
        });
    }

    private void watchGap() {
        if (!isWaiting()) {
            report.waiting("");
            return;
        }
        report.waiting(
                searching
                        ? "later ones are there, it seems lost, and the door was asked for it"
                        : "later ones are there already");
        if (nanoTime.getAsLong() - movedAt < settings.gapPatience().toNanos()) {
            return;
        }
        LOG.error("Position {} is missing while later ones are there: asking the door for it.", nextWanted());
        searching = true;
        partitions.forEach((partition, progress) -> {
            if (progress.isPaused()) {
                source.seek(partition, progress.next()); // stays to be read again: readAgain() was not asked
                source.resume(partition);
                progress.pause(false);
            }
        });
        stateWanted();
        movedAt = nanoTime.getAsLong(); // asks again after as long
    }

    private void stateWanted() {
        try {
            wantedPositions.state(CONSUMER, nextWanted());
        } catch (IOException e) {
            LOG.warn("Could not tell the door that position {} is wanted; it is told again.", nextWanted(), e);
        }
    }

    private void commit() {
        if (!committed.equals(sealer.sealedOffsets())) {
            committed = sealer.sealedOffsets();
            source.commit(committed);
        }
    }

    private boolean isWaiting() {
        boolean laterInKafka = partitions.values().stream().anyMatch(PartitionProgress::hasPassedOver);
        return reordering.isWaiting() || laterInKafka;
    }

    private KafkaOffsets offsets() {
        Map<Integer, Long> next = new HashMap<>();
        KafkaOffsets sealed = sealer.sealedOffsets();
        if (source.offsets(Map.of()).topicId().equals(sealed.topicId())) {
            next.putAll(sealed.next()); // a partition that has brought nothing since stays where it was
        }
        partitions.forEach((partition, progress) -> next.put(partition, progress.next()));
        return source.offsets(next);
    }

    private PartitionProgress progress(int partition) {
        return partitions.computeIfAbsent(partition, unknown -> new PartitionProgress());
    }

    /** The position the log waits for. */
    public long nextWanted() {
        return reordering.wanted();
    }
}
