package aether.projection.clusters;

import aether.domain.cluster.ClusterEvent;
import aether.domain.cluster.Fault;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * Work for a cluster that does not go on.
 *
 * @param work which, for example {@code control-plane}
 * @param fault whose it is to put it right: {@code ours}, {@code customer} or {@code infrastructure}
 * @param reason one word for it
 * @param since when it was first seen
 * @param message what was seen, where it is the customer's to put right; empty otherwise, for it speaks of machinery
 *     that only the platform's people see
 */
record StandingWork(String work, String fault, String reason, Instant since, String message) {

    private static StandingWork of(ClusterEvent.WorkStalled stalled) {
        return new StandingWork(
                stalled.work(),
                stalled.fault().published(),
                stalled.reason(),
                stalled.since(),
                stalled.fault() == Fault.CUSTOMER ? stalled.message() : "");
    }

    /** What stands still after one more does, the first of it first. */
    static List<StandingWork> with(List<StandingWork> before, ClusterEvent.WorkStalled stalled) {
        return Stream.concat(without(before, stalled.work()).stream(), Stream.of(of(stalled)))
                .sorted(Comparator.comparing(StandingWork::since).thenComparing(StandingWork::work))
                .toList();
    }

    /** What stands still after this goes on. */
    static List<StandingWork> without(List<StandingWork> before, String work) {
        return before.stream().filter(each -> !each.work().equals(work)).toList();
    }

    /** For a person. */
    String sentence() {
        String whose = Stream.of(Fault.values())
                .filter(each -> each.published().equals(fault))
                .map(Fault::spoken)
                .findFirst()
                .orElse(fault);
        return "Work on " + work + " waits for " + whose + " since " + since + " (" + reason + ")"
                + (message.isEmpty() ? "." : ": " + message + ".");
    }
}
