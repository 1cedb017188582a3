package aether.domain.machine;

import aether.domain.kernel.Decision;

/** Decides the life of a machine: forward only, one status after the other. */
public final class MachineDecider {

    private MachineDecider() {}

    /** Decides one command. */
    public static Decision<MachineRejection> decide(MachineState state, MachineCommand command) {
        MachineEvent.MachineReserved reservation = state.reservation();
        if (reservation == null) {
            return Decision.refuse(new MachineRejection.UnknownMachine(command.machineId()));
        }
        if (command instanceof MachineCommand.Report report && report.epoch() < state.epoch()) {
            return Decision.refuse(new MachineRejection.StaleLease(report.epoch(), state.epoch()));
        }
        MachineId id = reservation.machineId();
        return switch (command) {
            case MachineCommand.RecordMachineCloned cloned ->
                advance(
                        state,
                        MachineStatus.RESERVED,
                        MachineStatus.CLONED,
                        new MachineEvent.MachineCloned(
                                id, reservation.clusterId(), reservation.poolId(), cloned.epoch()));
            case MachineCommand.RecordMachineConfigured configured ->
                advance(
                        state,
                        MachineStatus.CLONED,
                        MachineStatus.CONFIGURED,
                        new MachineEvent.MachineConfigured(
                                id, reservation.clusterId(), reservation.poolId(), configured.epoch()));
            case MachineCommand.RecordMachineStarted started ->
                advance(
                        state,
                        MachineStatus.CONFIGURED,
                        MachineStatus.STARTED,
                        new MachineEvent.MachineStarted(
                                id, reservation.clusterId(), reservation.poolId(), started.epoch(), started.address()));
            case MachineCommand.RecordMachineReady ready ->
                advance(
                        state,
                        MachineStatus.STARTED,
                        MachineStatus.READY,
                        new MachineEvent.MachineReady(
                                id, reservation.clusterId(), reservation.poolId(), reservation.role(), ready.epoch()));
            case MachineCommand.RecordMachineLost lost ->
                state.status() == MachineStatus.READY
                        ? Decision.accept(new MachineEvent.MachineLost(
                                id, reservation.clusterId(), reservation.poolId(), lost.epoch(), lost.reason()))
                        : Decision.unchanged();
            case MachineCommand.RetireMachine retire ->
                switch (state.status()) {
                    case RETIRING -> Decision.unchanged();
                    // No event will follow that says it is gone, so whoever waits for one has to be told now.
                    case DELETED -> Decision.refuse(new MachineRejection.WrongStatus("still there", state.status()));
                    case RESERVED, CLONED, CONFIGURED, STARTED, READY, LOST ->
                        Decision.accept(
                                new MachineEvent.MachineRetired(id, reservation.clusterId(), reservation.poolId()));
                };
            case MachineCommand.RecordMachineDeleted deleted ->
                switch (state.status()) {
                    case DELETED -> Decision.unchanged();
                    case RETIRING ->
                        Decision.accept(new MachineEvent.MachineDeleted(
                                id,
                                reservation.clusterId(),
                                reservation.poolId(),
                                reservation.role(),
                                deleted.epoch()));
                    case RESERVED, CLONED, CONFIGURED, STARTED, READY, LOST ->
                        Decision.refuse(new MachineRejection.WrongStatus("retiring", state.status()));
                };
        };
    }

    private static boolean isLeaving(MachineState state) {
        return state.status() == MachineStatus.RETIRING || state.status() == MachineStatus.DELETED;
    }

    private static Decision<MachineRejection> advance(
            MachineState state, MachineStatus before, MachineStatus to, MachineEvent event) {
        if (isLeaving(state)) {
            return Decision.refuse(new MachineRejection.WrongStatus("not being taken down", state.status()));
        }
        if (state.status().compareTo(to) >= 0) {
            return Decision.unchanged();
        }
        return state.status() == before
                ? Decision.accept(event)
                : Decision.refuse(new MachineRejection.WrongStatus(before.published(), state.status()));
    }
}
