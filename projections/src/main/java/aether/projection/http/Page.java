package aether.projection.http;

import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One page of a list.
 *
 * @param nextCursor what to ask for the next page with; absent when there is none
 * @param <T> what is listed
 */
public record Page<T>(List<T> items, @Nullable UUID nextCursor) {

    /** The same page of what the items are shown as. */
    public <S> Page<S> map(Function<T, S> shown) {
        return new Page<>(items.stream().map(shown).toList(), nextCursor);
    }
}
