package aether.benchmarks;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

/** Ratios of paired runs, and their median. */
final class Ratios {

    private final List<Double> values = new ArrayList<>();

    void add(double value) {
        values.add(value);
    }

    double median() {
        List<Double> sorted = new ArrayList<>(values);
        Collections.sort(sorted);
        return sorted.get(sorted.size() / 2);
    }

    /** The verdict in one line. */
    String verdict(String what, double target) {
        double median = median();
        return String.format(
                Locale.ROOT,
                "%s: %.2f, median of %s; wanted %.2f: %s",
                what,
                median,
                rounded(),
                target,
                met(median >= target));
    }

    private List<String> rounded() {
        return values.stream()
                .map(value -> String.format(Locale.ROOT, "%.2f", value))
                .toList();
    }

    static String met(boolean met) {
        return met ? "met" : "MISSED";
    }
}
