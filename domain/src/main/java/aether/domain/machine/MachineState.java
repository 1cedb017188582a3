package aether.domain.machine;

import org.jspecify.annotations.Nullable;

/**
 * What a machine is.
 *
 * @param reservation how it was reserved; absent before the first event
 * @param status where it is in its life
 * @param address where it can be reached; empty until known
 * @param epoch the highest lease epoch that a report came under
 */
public record MachineState(
        MachineEvent.@Nullable MachineReserved reservation, MachineStatus status, String address, long epoch) {

    /** Before the first event. */
    public static final MachineState ABSENT = new MachineState(null, MachineStatus.RESERVED, "", 0);

    /** The state after an event. */
    public MachineState apply(MachineEvent event) {
        return switch (event) {
            case MachineEvent.MachineReserved reserved ->
                new MachineState(reserved, MachineStatus.RESERVED, reserved.address(), 0);
            case MachineEvent.MachineCloned cloned -> to(MachineStatus.CLONED, cloned.epoch());
            case MachineEvent.MachineConfigured configured -> to(MachineStatus.CONFIGURED, configured.epoch());
            case MachineEvent.MachineStarted started ->
                new MachineState(
                        reservation, MachineStatus.STARTED, started.address(), Math.max(epoch, started.epoch()));
            case MachineEvent.MachineReady ready -> to(MachineStatus.READY, ready.epoch());
            case MachineEvent.MachineLost lost -> to(MachineStatus.LOST, lost.epoch());
            case MachineEvent.MachineRetired retired -> to(MachineStatus.RETIRING, epoch);
            case MachineEvent.MachineDeleted deleted -> to(MachineStatus.DELETED, deleted.epoch());
        };
    }

    private MachineState to(MachineStatus next, long reported) {
        return new MachineState(reservation, next, address, Math.max(epoch, reported));
    }
}
