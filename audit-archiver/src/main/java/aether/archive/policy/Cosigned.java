package aether.archive.policy;

import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A checkpoint by a policy: who of its witnesses has cosigned.
 *
 * @param enough whether they make up the quorum
 * @param there who has
 * @param lacking the names of those who have not, or whose line is not genuine
 */
public record Cosigned(boolean enough, List<Seen> there, List<String> lacking) {

    /**
     * A witness that has cosigned.
     *
     * @param witness its name in the policy
     * @param at when, by its own clock
     */
    public record Seen(String witness, Instant at) {}

    /** Keeps its own lists. */
    public Cosigned {
        there = List.copyOf(there);
        lacking = List.copyOf(lacking);
    }

    /** Who was there and who lacked, in a clause. */
    public String clause() {
        String present = there.isEmpty()
                ? "no witness of the policy has cosigned"
                : there.stream()
                                .map(seen -> seen.witness() + " at " + seen.at())
                                .collect(Collectors.joining(", "))
                        + (there.size() == 1 ? " has cosigned" : " have cosigned");
        return lacking.isEmpty() ? present : present + "; not there: " + String.join(", ", lacking);
    }
}
