package aether.domain.samples;

import aether.domain.kernel.Decision;
import aether.domain.kernel.DomainEvent;
import aether.domain.kernel.Rejection;
import java.util.List;

/** Reads decisions in tests. */
public final class Decided {

    private Decided() {}

    /** The events of a decision that has to be an acceptance. */
    public static List<DomainEvent> events(Decision<?> decision) {
        return switch (decision) {
            case Decision.Accepted<?> accepted -> accepted.events();
            case Decision.Refused<?> refused ->
                throw new AssertionError("Expected an acceptance, but got: "
                        + refused.rejection().message());
        };
    }

    /** The code of a decision that has to be a refusal. */
    public static String code(Decision<?> decision) {
        return rejection(decision).code();
    }

    /** The reason of a decision that has to be a refusal. */
    public static Rejection rejection(Decision<?> decision) {
        return switch (decision) {
            case Decision.Accepted<?> accepted ->
                throw new AssertionError("Expected a refusal, but got: " + accepted.events());
            case Decision.Refused<?> refused -> refused.rejection();
        };
    }
}
