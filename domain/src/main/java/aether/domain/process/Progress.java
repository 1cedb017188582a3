package aether.domain.process;

import org.jspecify.annotations.Nullable;

/**
 * How far a process has come.
 *
 * @param state where it is; absent before it starts
 * @param data what it remembers; absent before it starts
 * @param lastPosition the last position it has seen; earlier ones are repeats and ignored
 * @param deadlineMark the mark of the running deadline, or {@link #NO_DEADLINE}
 */
public record Progress<S extends Enum<S>, D>(
        @Nullable S state, @Nullable D data, long lastPosition, long deadlineMark) {

    /** No deadline is running. */
    public static final long NO_DEADLINE = -1;

    /**
     * What the run of a trigger is called; names of commands begin with it. A run whose memory was lost is repeated
     * from the same progress and has the same name. When something else came between, the repeat may want something
     * else, and has another.
     *
     * @param position the event's; not looked at for a deadline
     */
    public String occasion(Trigger trigger, long position) {
        String what = switch (trigger) {
            case Trigger.Happened unused -> "position-" + position;
            case Trigger.DeadlinePassed passed -> "deadline-" + passed.mark();
            case Trigger.CommandRefused unused ->
                throw new IllegalArgumentException("Expected an event or a deadline, but got " + trigger);
        };
        return what + "-from-" + lastPosition + "-" + deadlineMark;
    }

    /** Before the first event. */
    public static <S extends Enum<S>, D> Progress<S, D> none() {
        return new Progress<>(null, null, -1, NO_DEADLINE);
    }
}
