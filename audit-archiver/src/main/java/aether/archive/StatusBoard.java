package aether.archive;

import aether.archive.ArchiverStatus.State;
import aether.archive.intake.IntakeReport;
import aether.archive.log.MerkleTree;
import aether.archive.probe.WormVerdict;
import aether.archive.seal.Sealer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The status as it was when the archiver's thread last wrote it; any thread may read it. */
final class StatusBoard implements IntakeReport {

    /** The first few say all; whoever makes them must not fill the memory. */
    private static final int MAX_EQUIVOCATIONS = 20;

    private static final long NANOS_PER_MILLI = 1_000_000;

    private final List<String> equivocations = new ArrayList<>();
    private State state = State.STARTING;
    private String message = "Starting.";
    private String waiting = "";
    private String worm = "";
    private String timestamps = "";
    private String witnesses = "";
    private List<String> witnessAlarms = List.of();
    private String verified = "";
    private String reports = "";
    private long foreignRecords;
    private long size;
    private long sealedSize;
    private String root = MerkleTree.emptyRoot().base64();

    synchronized void say(State newState, String sentence) {
        state = newState;
        message = sentence;
    }

    synchronized void show(Sealer sealer) {
        size = sealer.size();
        root = sealer.root().base64();
        sealedSize = sealer.sealedSize();
        notifyAll();
    }

    /** After a step that went well. */
    synchronized void show(Sealer sealer, String position) {
        show(sealer);
        if (waiting.isEmpty()) {
            say(State.RUNNING, "Archiving; position " + position + " is next.");
        } else {
            say(State.WAITING, "Waiting for position " + position + ": " + waiting + ".");
        }
    }

    synchronized void judge(WormVerdict verdict) {
        worm = verdict.sentence();
    }

    synchronized void stamp(String sentences) {
        timestamps = sentences;
    }

    synchronized void cosigned(String sentences, List<String> alarms) {
        witnesses = sentences;
        witnessAlarms = List.copyOf(alarms);
    }

    synchronized void verified(String sentences) {
        verified = sentences;
    }

    synchronized void report(String sentences) {
        reports = sentences;
    }

    /** Whether the entry at the position is sealed, at the latest after {@code limit}. */
    synchronized boolean awaitSealed(long position, Duration limit) throws InterruptedException {
        long end = System.nanoTime() + limit.toNanos();
        while (sealedSize <= position) {
            long left = (end - System.nanoTime()) / NANOS_PER_MILLI;
            if (left <= 0 || state != State.RUNNING) {
                return false;
            }
            wait(left);
        }
        return true;
    }

    synchronized ArchiverStatus read() {
        return new ArchiverStatus(
                state,
                message,
                size,
                root,
                size,
                sealedSize,
                foreignRecords,
                worm,
                timestamps,
                witnesses,
                witnessAlarms,
                verified,
                reports,
                equivocations);
    }

    @Override
    public synchronized void foreignRecord() {
        foreignRecords++;
    }

    @Override
    public synchronized void equivocation(String sentence) {
        if (equivocations.size() < MAX_EQUIVOCATIONS && !equivocations.contains(sentence)) {
            equivocations.add(sentence);
        }
    }

    @Override
    public synchronized void waiting(String reason) {
        waiting = reason;
    }
}
