package aether.domain.privacy;

import aether.domain.kernel.Rejection;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;

/** Why a command about a data subject was refused. */
public sealed interface SubjectRejection extends Rejection {

    @Override
    default String field() {
        return "";
    }

    /** A hold forbids it. */
    record OnLegalHold(List<String> references) implements SubjectRejection {
        public OnLegalHold {
            references = List.copyOf(references);
        }

        @Override
        public String code() {
            return "legal_hold";
        }

        @Override
        public String message() {
            return "Expected a subject without a legal hold, but " + String.join(", ", references)
                    + (references.size() == 1 ? " holds" : " hold") + " it; lift that first.";
        }
    }

    /** A law wants the data kept for longer. */
    record KeptByLaw(Instant notBefore) implements SubjectRejection {
        @Override
        public String code() {
            return "kept_by_law";
        }

        @Override
        public String message() {
            return "Expected a subject whose data no law wants kept, but they are kept until "
                    + LocalDate.ofInstant(notBefore, ZoneOffset.UTC)
                    + " (Art. 17(3)(b) GDPR); ask again from that day on.";
        }
    }

    /** The subject is forgotten already. */
    record AlreadyErased(SubjectId subjectId) implements SubjectRejection {
        @Override
        public String code() {
            return "subject_erased";
        }

        @Override
        public String message() {
            return "Expected a subject that is not forgotten, but " + subjectId + " is.";
        }
    }

    /** There is no such hold. */
    record UnknownHold(String reference) implements SubjectRejection {
        @Override
        public String code() {
            return "hold_unknown";
        }

        @Override
        public String message() {
            return "Expected a hold that is in force, but '" + reference + "' is none.";
        }

        @Override
        public String field() {
            return "reference";
        }
    }

    /** The reference is not the number of a case. */
    record InvalidReference(int length) implements SubjectRejection {
        @Override
        public String code() {
            return "invalid_reference";
        }

        @Override
        public String message() {
            return "Expected a case number with a digit in it, of 1 to " + SubjectDecider.MAX_REFERENCE
                    + " letters, digits and . / _ - and never a name, but got something else with " + length
                    + " characters.";
        }

        @Override
        public String field() {
            return "reference";
        }
    }

    /** A key was reported destroyed that nobody decided to destroy. */
    record NotErased(String keyId) implements SubjectRejection {
        @Override
        public String code() {
            return "subject_not_erased";
        }

        @Override
        public String message() {
            return "Expected a key whose end was decided, but that of " + keyId + " was not.";
        }
    }
}
