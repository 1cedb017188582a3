package aether.domain.archive;

import aether.domain.kernel.Rejection;

/** Why something about an archive was not entered. */
public sealed interface ArchiveRejection extends Rejection {

    /** What stands for a case does not look like one. */
    record InvalidReference(int length) implements ArchiveRejection {
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

    /** The archive's name is none. */
    record InvalidArchive(int length) implements ArchiveRejection {
        @Override
        public String code() {
            return "invalid_archive";
        }

        @Override
        public String message() {
            return "Expected the name of a log, of letters, digits and ./_-, at most " + ArchiveDecider.MAX_NAME
                    + " characters, but got " + length + " others.";
        }

        @Override
        public String field() {
            return "archive";
        }
    }

    /** A verification that cannot have been. */
    record InvalidVerification(int level, long logSize, int rootLength) implements ArchiveRejection {
        @Override
        public String code() {
            return "invalid_verification";
        }

        @Override
        public String message() {
            return "Expected a level from 1 to 5, a size from 0 and a root of 44 characters or none, but got level "
                    + level + ", size " + logSize + " and " + rootLength + " characters.";
        }

        @Override
        public String field() {
            return "";
        }
    }

    /** A change of the key that cannot have been. */
    record InvalidKeyChange(int number, long size) implements ArchiveRejection {
        @Override
        public String code() {
            return "invalid_key_change";
        }

        @Override
        public String message() {
            return "Expected a number and a size of at least 1, a root of 44 characters and two different keys as vkey"
                    + " lines, but got number " + number + ", size " + size + " and others.";
        }

        @Override
        public String field() {
            return "change";
        }
    }

    /** What a witness cannot have said. */
    record InvalidWitnessReport(long size, int status) implements ArchiveRejection {
        @Override
        public String code() {
            return "invalid_witness_report";
        }

        @Override
        public String message() {
            return "Expected a witness's name of visible characters without '+', an id of 8 hexadecimal digits, a size of"
                    + " at least 1, a root of 44 characters and a status of three digits, but got size " + size
                    + ", status " + status + " and others.";
        }

        @Override
        public String field() {
            return "witness";
        }
    }

    /** More was reported than one entry should hold. */
    record TooMuch(int attempts) implements ArchiveRejection {
        @Override
        public String code() {
            return "too_many_attempts";
        }

        @Override
        public String message() {
            return "Expected 1 to " + ArchiveDecider.MAX_ATTEMPTS + " attempts of at most "
                    + ArchiveDecider.MAX_OBSERVED + " characters each, but got " + attempts + " or longer ones.";
        }

        @Override
        public String field() {
            return "attempts";
        }
    }
}
