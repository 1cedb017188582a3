package aether.archive.probe;

import java.time.Instant;
import java.util.List;

/**
 * What a store did when somebody tried to take from it what it had locked.
 *
 * @param place the store, for a person
 * @param at when it was tried
 * @param attempts in the order in which they were made
 */
public record WormVerdict(String place, Instant at, List<Attempt> attempts) {

    public WormVerdict {
        attempts = List.copyOf(attempts);
    }

    /**
     * One attempt.
     *
     * @param what what was tried, for example "delete a locked version"
     * @param held whether the store did what a store has to that keeps what it locked
     * @param observed what it did
     */
    public record Attempt(String what, boolean held, String observed) {}

    /** Whether it may be called a store that nobody takes anything from; one failed attempt is enough to say no. */
    public boolean isCompliant() {
        return !attempts.isEmpty() && attempts.stream().allMatch(Attempt::held);
    }

    /** The verdict in a sentence. */
    public String sentence() {
        if (isCompliant()) {
            return "WORM: " + place + " held against " + attempts.size() + " attempts.";
        }
        List<String> failed = attempts.stream()
                .filter(attempt -> !attempt.held())
                .map(attempt -> attempt.what() + ": " + attempt.observed())
                .toList();
        return "NOT WORM: " + place + " may not be called compliant: " + String.join("; ", failed) + ".";
    }
}
