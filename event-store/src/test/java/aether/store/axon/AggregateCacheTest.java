package aether.store.axon;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.axonframework.common.Registration;
import org.axonframework.common.caching.Cache;
import org.junit.jupiter.api.Test;

class AggregateCacheTest {

    @Test
    void keepsAtMostItsBoundAndTellsListeners() {
        AggregateCache cache = new AggregateCache(10);
        List<String> told = new ArrayList<>();
        Registration registration = cache.registerCacheEntryListener(new Cache.EntryListenerAdapter() {
            @Override
            public void onEntryExpired(Object key) {
                told.add("expired");
            }

            @Override
            public void onEntryRemoved(Object key) {
                told.add("removed " + key);
            }
        });
        for (int i = 0; i < 100; i++) {
            cache.put("k" + i, i);
        }

        long left = 0;
        for (int i = 0; i < 100; i++) {
            left += cache.containsKey("k" + i) ? 1 : 0;
        }
        assertThat(left).isEqualTo(10);
        assertThat(told).hasSize(90).containsOnly("expired");
        cache.put("a", 1);
        cache.computeIfPresent("a", (Integer old) -> old + 1);
        assertThat(cache.<String, Integer>get("a")).isEqualTo(2);
        assertThat(cache.putIfAbsent("a", 3)).isFalse();
        assertThat(cache.remove("a")).isTrue();
        assertThat(told).contains("removed a");
        registration.cancel();
        cache.removeAll();
        assertThat(cache.<String, Integer>get("a")).isNull();
    }
}
