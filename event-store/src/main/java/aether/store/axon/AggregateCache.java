package aether.store.axon;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.RemovalCause;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;
import org.axonframework.common.Registration;
import org.axonframework.common.caching.Cache;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the aggregates used last, strongly and up to a bound. Axon's own cache holds them weakly, so that every garbage
 * collection sends all of them back to the log. Another process's append makes an entry stale; the conflict that
 * follows removes it.
 */
public final class AggregateCache implements Cache {

    private final com.github.benmanes.caffeine.cache.Cache<Object, Object> entries;

    private final List<EntryListener> listeners = new CopyOnWriteArrayList<>();

    /** A cache of at most so many aggregates. */
    public AggregateCache(long maximumSize) {
        this.entries = Caffeine.newBuilder()
                .maximumSize(maximumSize)
                .executor(Runnable::run)
                .evictionListener((@Nullable Object key, @Nullable Object value, RemovalCause cause) -> {
                    if (key != null) {
                        listeners.forEach(listener -> listener.onEntryExpired(key));
                    }
                })
                .build();
    }

    @Override
    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"}) // Axon's signature; the caller put it in
    public <K, V> @Nullable V get(K key) {
        Object value = entries.getIfPresent(key);
        if (value != null) {
            listeners.forEach(listener -> listener.onEntryRead(key, value));
        }
        return (V) value;
    }

    /** An aggregate whose first command was refused has no identifier, and is nothing to keep. */
    @Override
    public void put(@Nullable Object key, Object value) {
        if (key == null) {
            return;
        }
        Object before = entries.asMap().put(key, value);
        listeners.forEach(listener -> {
            if (before == null) {
                listener.onEntryCreated(key, value);
            } else {
                listener.onEntryUpdated(key, value);
            }
        });
    }

    @Override
    public boolean putIfAbsent(Object key, Object value) {
        boolean absent = entries.asMap().putIfAbsent(key, value) == null;
        if (absent) {
            listeners.forEach(listener -> listener.onEntryCreated(key, value));
        }
        return absent;
    }

    @Override
    public boolean remove(@Nullable Object key) {
        boolean present = key != null && entries.asMap().remove(key) != null;
        if (present) {
            listeners.forEach(listener -> listener.onEntryRemoved(key));
        }
        return present;
    }

    @Override
    public void removeAll() {
        entries.asMap().keySet().forEach(this::remove);
    }

    @Override
    public boolean containsKey(Object key) {
        return entries.asMap().containsKey(key);
    }

    @Override
    @SuppressWarnings("unchecked") // the caller put it in
    public <V> void computeIfPresent(Object key, UnaryOperator<V> update) {
        Object after = entries.asMap().computeIfPresent(key, (ignored, value) -> update.apply((V) value));
        if (after != null) {
            listeners.forEach(listener -> listener.onEntryUpdated(key, after));
        }
    }

    @Override
    public Registration registerCacheEntryListener(EntryListener listener) {
        listeners.add(listener);
        return () -> listeners.remove(listener);
    }
}
