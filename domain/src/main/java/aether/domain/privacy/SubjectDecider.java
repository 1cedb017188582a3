package aether.domain.privacy;

import aether.domain.kernel.Decision;
import java.util.regex.Pattern;

/** Decides whether somebody may be forgotten. */
public final class SubjectDecider {

    /** Longer than the case numbers of courts. */
    static final int MAX_REFERENCE = 64;

    /** At least one digit, so that nobody files a case under a person's name. */
    private static final Pattern REFERENCE =
            Pattern.compile("(?=.*[0-9])[A-Za-z0-9][A-Za-z0-9./_-]{0," + (MAX_REFERENCE - 1) + "}");

    private SubjectDecider() {}

    /** Whether a text may stand for a case in the log, where it is kept for ever. */
    public static boolean isReference(String text) {
        return REFERENCE.matcher(text).matches();
    }

    /** Whether a text may stand beside a reason in the log: the number of a case, or nothing. */
    public static boolean isReferenceOrNothing(String text) {
        return text.isEmpty() || isReference(text);
    }

    /** Decides one command. */
    public static Decision<SubjectRejection> decide(SubjectState state, SubjectCommand command) {
        return switch (command) {
            case SubjectCommand.PlaceHold place -> place(state, place);
            case SubjectCommand.LiftHold lift -> lift(state, lift);
            case SubjectCommand.EraseSubject erase -> erase(state, erase);
            case SubjectCommand.RecordKeyDestroyed destroyed -> destroyed(state, destroyed);
        };
    }

    private static Decision<SubjectRejection> place(SubjectState state, SubjectCommand.PlaceHold place) {
        if (!isReference(place.reference())) {
            return Decision.refuse(
                    new SubjectRejection.InvalidReference(place.reference().length()));
        }
        if (state.erased()) {
            return Decision.refuse(new SubjectRejection.AlreadyErased(place.subjectId()));
        }
        return state.holds().contains(place.reference())
                ? Decision.unchanged()
                : Decision.accept(new SubjectEvent.HoldPlaced(place.subjectId(), place.reference(), place.reason()));
    }

    private static Decision<SubjectRejection> lift(SubjectState state, SubjectCommand.LiftHold lift) {
        return state.holds().contains(lift.reference())
                ? Decision.accept(new SubjectEvent.HoldLifted(lift.subjectId(), lift.reference()))
                : Decision.refuse(new SubjectRejection.UnknownHold(lift.reference()));
    }

    private static Decision<SubjectRejection> erase(SubjectState state, SubjectCommand.EraseSubject erase) {
        if (state.erased()) {
            return Decision.unchanged();
        }
        if (!state.holds().isEmpty()) {
            return Decision.refuse(new SubjectRejection.OnLegalHold(state.holds()));
        }
        if (erase.now().isBefore(erase.notBefore())) {
            return Decision.refuse(new SubjectRejection.KeptByLaw(erase.notBefore()));
        }
        return Decision.accept(new SubjectEvent.SubjectErased(erase.subjectId(), erase.keyId(), erase.basis()));
    }

    private static Decision<SubjectRejection> destroyed(
            SubjectState state, SubjectCommand.RecordKeyDestroyed destroyed) {
        if (!state.erasedKey().equals(destroyed.keyId())) {
            return Decision.refuse(new SubjectRejection.NotErased(destroyed.keyId()));
        }
        return state.destroyed()
                ? Decision.unchanged()
                : Decision.accept(new SubjectEvent.KeyDestroyed(
                        destroyed.subjectId(), destroyed.keyId(), destroyed.destroyedAt(), destroyed.generation()));
    }
}
