package aether.reconcile.loop;

import aether.domain.cluster.Fault;
import java.time.Duration;
import java.util.List;

/**
 * What a planner answers.
 *
 * @param steps what to do now, in this order
 * @param then how the look ends when every step was done
 * @param <S> the steps of the subject
 */
public record Plan<S>(List<S> steps, WorkOutcome then) {

    /** What was just written shows an effect soon, and a watch tells when; this only bounds the wait. */
    private static final Duration SOON = Duration.ofMillis(250);

    /** A watch tells when what is waited for comes; this is for the one time that it does not. */
    private static final Duration UNTOLD = Duration.ofSeconds(2);

    public Plan {
        steps = List.copyOf(steps);
    }

    /** Nothing to do. */
    public static <S> Plan<S> done() {
        return new Plan<>(List.of(), WorkOutcome.DONE);
    }

    /** Does these, and that is all. */
    public static <S> Plan<S> of(List<S> steps) {
        return new Plan<>(steps, WorkOutcome.DONE);
    }

    /** Does these and looks again soon. */
    public static <S> Plan<S> andLookAgain(List<S> steps, String reason) {
        return new Plan<>(steps, new WorkOutcome.RequeueAfter(reason, SOON));
    }

    /** Does nothing but look again soon. */
    public static <S> Plan<S> await(String reason) {
        return andLookAgain(List.of(), reason);
    }

    /** Does nothing; a watch tells when to look again. */
    public static <S> Plan<S> awaitTold(String reason) {
        return new Plan<>(List.of(), new WorkOutcome.RequeueAfter(reason, UNTOLD));
    }

    /**
     * Does nothing; what is wrong needs somebody else.
     *
     * @param whose who that is
     * @param word one word for what is wrong, as conditions have it
     */
    public static <S> Plan<S> blocked(Fault whose, String word, String sentence) {
        return new Plan<>(List.of(), new WorkOutcome.Failed(sentence, List.of(new Hindrance(whose, word, sentence))));
    }

    /** The same, hindered by this; what matters most first. */
    public Plan<S> hinderedBy(List<Hindrance> found) {
        return new Plan<>(steps, WorkOutcome.hindered(then, found));
    }
}
