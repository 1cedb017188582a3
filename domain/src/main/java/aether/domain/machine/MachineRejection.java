package aether.domain.machine;

import aether.domain.kernel.Rejection;

/** Why a command to a machine was refused. */
public sealed interface MachineRejection extends Rejection {

    /** There is no such machine. */
    record UnknownMachine(MachineId machineId) implements MachineRejection {
        /** The code of this refusal; a process takes it for "already gone". */
        public static final String CODE = "machine_unknown";

        @Override
        public String code() {
            return CODE;
        }

        @Override
        public String message() {
            return "Expected an existing machine, but there is none with id " + machineId + ".";
        }

        @Override
        public String field() {
            return "machine";
        }
    }

    /** The report does not fit where the machine is in its life. */
    record WrongStatus(String wanted, MachineStatus status) implements MachineRejection {
        @Override
        public String code() {
            return "wrong_status";
        }

        @Override
        public String message() {
            return "Expected a machine that is " + wanted + ", but it is " + status.published() + ".";
        }

        @Override
        public String field() {
            return "status";
        }
    }

    /** Another worker has taken the tenant over since. */
    record StaleLease(long epoch, long current) implements MachineRejection {
        @Override
        public String code() {
            return "stale_lease";
        }

        @Override
        public String message() {
            return "Expected a report under the tenant's lease of epoch " + current + " or later, but it came under "
                    + epoch + ".";
        }

        @Override
        public String field() {
            return "epoch";
        }
    }
}
