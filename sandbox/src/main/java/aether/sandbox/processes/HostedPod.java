package aether.sandbox.processes;

import aether.embedded.process.Backoff;
import aether.embedded.process.ChildProgram;
import aether.embedded.process.StartFailure;
import aether.sandbox.kubelet.FailedTask;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** One pod as a process: begun, asked whether it serves, begun again when it ends unasked, ended when told to. */
final class HostedPod {

    /** How often one is asked that does not serve yet, and one that does. */
    private static final Duration EAGER = Duration.ofMillis(50);

    private static final Duration STEADY = Duration.ofSeconds(1);

    /** A child gets 20 s to end before it must, and then is gone. */
    private static final Duration END_BOUND = Duration.ofSeconds(45);

    private final Supplier<ChildProgram> launch;
    private final BooleanSupplier probe;
    private final int threshold;
    private final Runnable changed;
    private final Thread thread;
    private final CountDownLatch ended = new CountDownLatch(1);
    private volatile boolean serves;
    private volatile boolean lives;
    private volatile boolean stopping;
    private volatile String trouble = "it is starting";
    private volatile @Nullable FailedTask failed;

    private HostedPod(
            String name,
            Optional<HostedPod> predecessor,
            Supplier<ChildProgram> launch,
            BooleanSupplier probe,
            int threshold,
            Runnable changed) {
        this.launch = launch;
        this.probe = probe;
        this.threshold = threshold;
        this.changed = changed;
        this.thread = Thread.ofVirtual().name("pod-" + name).unstarted(() -> live(predecessor));
    }

    /**
     * Begins it, once the one before it under the same name has ended: they share a disk.
     *
     * @param threshold how many probes in a row it has to miss, to cease to serve
     * @param changed called when it begins or ceases to serve
     */
    static HostedPod start(
            String name,
            @Nullable HostedPod predecessor,
            Supplier<ChildProgram> launch,
            BooleanSupplier probe,
            int threshold,
            Runnable changed) {
        HostedPod pod = new HostedPod(name, Optional.ofNullable(predecessor), launch, probe, threshold, changed);
        pod.thread.start();
        return pod;
    }

    boolean serves() {
        return serves;
    }

    boolean lives() {
        return lives;
    }

    String trouble() {
        return trouble;
    }

    Optional<FailedTask> failed() {
        return Optional.ofNullable(failed);
    }

    private void live(Optional<HostedPod> predecessor) {
        Backoff backoff = new Backoff();
        try {
            predecessor.ifPresent(HostedPod::awaitEnd);
            while (!stopping) {
                run();
                if (!stopping) {
                    TimeUnit.NANOSECONDS.sleep(backoff.next().toNanos());
                }
            }
        } catch (InterruptedException told) {
            Thread.currentThread().interrupt();
        } finally {
            ended.countDown();
        }
    }

    private void run() {
        ChildProgram program;
        try {
            program = launch.get();
            failed = null;
        } catch (TaskFailedException before) {
            failed = before.task();
            say(false, String.valueOf(before.getMessage()));
            return;
        } catch (StartFailure | IllegalStateException notBegun) {
            say(false, String.valueOf(notBegun.getMessage()));
            return;
        }
        try {
            lives = true;
            Readiness readiness = Readiness.starting(threshold);
            while (!stopping && program.process().isAlive()) {
                readiness = readiness.after(probe.getAsBoolean());
                say(readiness.serves(), "it does not say that it is ready");
                TimeUnit.NANOSECONDS.sleep((serves ? STEADY : EAGER).toNanos());
            }
            lives = false;
            if (!stopping) {
                say(false, "it ended: " + program.lastWords().strip().lines().reduce("", (before, last) -> last));
            }
        } catch (InterruptedException told) {
            stopping = true;
        } finally {
            serves = false;
            lives = false;
            program.end();
        }
    }

    private void say(boolean now, String why) {
        boolean news = now != serves || (!now && !why.equals(trouble));
        serves = now;
        trouble = now ? "" : why;
        if (news) {
            changed.run();
        }
    }

    /** Tells it to end; {@link #awaitEnd} waits for it. */
    void stop() {
        stopping = true;
        thread.interrupt();
    }

    void awaitEnd() {
        try {
            if (!ended.await(END_BOUND.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new IllegalStateException(
                        "Expected " + thread.getName() + " to end within " + END_BOUND + ", but it has not");
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }
}
