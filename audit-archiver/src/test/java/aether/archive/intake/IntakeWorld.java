package aether.archive.intake;

import aether.archive.seal.SealRhythm;
import aether.archive.seal.SealSettings;
import aether.archive.seal.SealWorld;
import aether.archive.seal.Sealer;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** An intake with a topic, stores and a clock in memory. */
final class IntakeWorld implements IntakeReport {

    static final IntakeSettings SETTINGS =
            new IntakeSettings(64, 1 << 20, Duration.ofMillis(1), Duration.ofSeconds(10));

    final SealWorld stores = new SealWorld();
    final List<String> wanted = new ArrayList<>();
    final List<String> equivocations = new ArrayList<>();
    final InMemoryTopic topic;
    int foreign;
    String waiting = "";
    boolean doorAnswers = true;
    private final IntakeSettings settings;
    private long nanos;
    Sealer sealer;
    Intake intake;

    IntakeWorld(int partitions) throws IOException {
        this(partitions, SETTINGS);
    }

    IntakeWorld(int partitions, IntakeSettings settings) throws IOException {
        this.topic = new InMemoryTopic(partitions);
        this.settings = settings;
        this.sealer = stores.open();
        this.intake = intake();
    }

    private Intake intake() {
        SealRhythm rhythm = new SealRhythm(sealer, SealSettings.DEFAULTS, () -> nanos);
        return new Intake(topic, sealer, rhythm, settings, this::stateWanted, () -> nanos, this);
    }

    private void stateWanted(String consumer, long position) throws IOException {
        if (!doorAnswers) {
            throw new IOException("Expected Kafka, but it is down.");
        }
        wanted.add(consumer + "=" + position);
    }

    /** A new process on the same stores. */
    void restart() throws IOException {
        sealer = stores.open();
        topic.reopened(sealer.sealedOffsets());
        intake = intake();
        intake.start();
    }

    void steps(int count) throws IOException {
        for (int i = 0; i < count; i++) {
            intake.step();
        }
    }

    void passes(Duration time) {
        nanos += time.toNanos();
    }

    @Override
    public void foreignRecord() {
        foreign++;
    }

    @Override
    public void equivocation(String sentence) {
        equivocations.add(sentence);
    }

    @Override
    public void waiting(String reason) {
        waiting = reason;
    }
}
