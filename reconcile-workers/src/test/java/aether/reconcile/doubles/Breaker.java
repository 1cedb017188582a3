package aether.reconcile.doubles;

import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;

/** Lets the process die at every effect: the first time before it, the second time after it, then never again. */
public final class Breaker {

    private final Map<String, Integer> calls = new TreeMap<>();
    private final boolean breaks;

    private Breaker(boolean breaks) {
        this.breaks = breaks;
    }

    /** Breaks every effect twice. */
    public static Breaker everywhere() {
        return new Breaker(true);
    }

    /** Breaks nothing, only counts. */
    public static Breaker nowhere() {
        return new Breaker(false);
    }

    /** Does an effect, or dies before or after it. */
    public synchronized <T> T around(String effect, Supplier<T> work) {
        int call = calls.merge(effect, 1, Integer::sum);
        if (breaks && call == 1) {
            throw new Crash("before " + effect);
        }
        T result = work.get();
        if (breaks && call == 2) {
            throw new Crash("after " + effect);
        }
        return result;
    }

    /** Does an effect without a result. */
    public void around(String effect, Runnable work) {
        Object ignored = around(effect, () -> {
            work.run();
            return effect;
        });
    }

    /** How often each effect was asked for. */
    public synchronized Map<String, Integer> calls() {
        return new TreeMap<>(calls);
    }
}
