package aether.archive.verify;

import static aether.archive.verify.VerificationLevel.DOMAIN;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** L5: the versions of every stream are 0, 1, 2 …; it remembers one number for each stream there ever was. */
final class StreamCheck {

    private final Map<String, Long> next = new HashMap<>();
    private final Findings findings;
    private final boolean fromTheBeginning;

    /** @param fromTheBeginning whether no entry before was pruned; else a stream begins with what is left of it */
    StreamCheck(Findings findings, boolean fromTheBeginning) {
        this.findings = findings;
        this.fromTheBeginning = fromTheBeginning;
    }

    void follow(List<EntryPlace> places) {
        for (EntryPlace place : places) {
            if (place.stream().isEmpty()) {
                continue; // EntryCheck has said what is wrong with it
            }
            long expected = next.getOrDefault(place.stream(), fromTheBeginning ? 0L : place.version());
            if (place.version() != expected) {
                findings.wrong(
                        DOMAIN,
                        "entry " + place.position(),
                        "Expected entry " + place.position() + " to be version " + expected + " of " + place.stream()
                                + ", but it is version " + place.version() + ".");
            }
            next.put(place.stream(), place.version() + 1);
        }
    }
}
