package aether.domain.export;

import aether.domain.kernel.Rejection;
import java.util.Locale;

/** Why something about an export was not entered. */
public sealed interface ExportRejection extends Rejection {

    @Override
    default String field() {
        return "";
    }

    /** Nobody asked for it. */
    record UnknownExport(ExportId exportId) implements ExportRejection {
        @Override
        public String code() {
            return "export_unknown";
        }

        @Override
        public String message() {
            return "Expected an export that was asked for, but " + exportId + " was not.";
        }
    }

    /** It is not in the state for that. */
    record WrongStatus(ExportId exportId, ExportStatus status) implements ExportRejection {
        @Override
        public String code() {
            return "export_status";
        }

        @Override
        public String message() {
            return "Expected export " + exportId + " to be ready for this, but it is "
                    + status.name().toLowerCase(Locale.ROOT) + ".";
        }
    }

    /** A value that has one form has another. */
    record InvalidValue(String name, int length) implements ExportRejection {
        @Override
        public String code() {
            return "invalid_value";
        }

        @Override
        public String message() {
            return "Expected " + name.replace('_', ' ') + " in its one form, but got " + length + " other characters.";
        }

        @Override
        public String field() {
            return name;
        }
    }

    /** What stands for a case does not look like one. */
    record InvalidReference(int length) implements ExportRejection {
        @Override
        public String code() {
            return "invalid_reference";
        }

        @Override
        public String message() {
            return "Expected the number of a case, with a digit and without blanks, or nothing, but got " + length
                    + " other characters.";
        }

        @Override
        public String field() {
            return "reference";
        }
    }

    /** The actor is written as a name. */
    record NamedActor(int length) implements ExportRejection {
        @Override
        public String code() {
            return "named_actor";
        }

        @Override
        public String message() {
            return "Expected an actor's pseudonym, p/ and 22 characters, but got " + length + " other characters.";
        }

        @Override
        public String field() {
            return "actor";
        }
    }
}
