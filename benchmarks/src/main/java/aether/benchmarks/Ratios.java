package aether.benchmarks;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

/** Ratios of paired runs, and their median. */
final class Ratios {

    /** For what is printed for comparison only. */
    static final double NO_TARGET = 0;

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
        String line = String.format(Locale.ROOT, "%s: %.2f, median of %s", what, median, rounded());
        return target == NO_TARGET
                ? line
                : String.format(Locale.ROOT, "%s; wanted %.2f: %s", line, target, met(median >= target));
    }

    /** The verdict in one line, where less is better. */
    String atMost(String what, double bound) {
        double median = median();
        return String.format(
                Locale.ROOT,
                "%s: %.2f, median of %s; wanted at most %.2f: %s",
                what,
                median,
                rounded(),
                bound,
                met(median <= bound));
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
