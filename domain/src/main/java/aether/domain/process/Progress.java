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

    /** Before the first event. */
    public static <S extends Enum<S>, D> Progress<S, D> none() {
        return new Progress<>(null, null, -1, NO_DEADLINE);
    }
}
