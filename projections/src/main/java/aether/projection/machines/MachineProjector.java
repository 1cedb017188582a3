package aether.projection.machines;

import aether.domain.machine.MachineEvent;
import aether.domain.machine.MachineStatus;
import aether.domain.nodepool.NodePoolId;
import aether.projection.event.IncomingEvent;
import aether.projection.event.Projected;
import org.jspecify.annotations.Nullable;

/** What an event makes of a machine's view. */
public final class MachineProjector {

    private MachineProjector() {}

    /**
     * The view after the event.
     *
     * @param view the view before it; absent when there is none yet
     */
    public static MachineView project(@Nullable MachineView view, MachineEvent event, IncomingEvent incoming) {
        if (event instanceof MachineEvent.MachineReserved reserved) {
            return begin(reserved, incoming);
        }
        MachineView before = Projected.existing(view, incoming);
        return switch (event) {
            case MachineEvent.MachineReserved reserved -> begin(reserved, incoming);
            case MachineEvent.MachineCloned unused -> before.in(MachineStatus.CLONED, null, incoming.recordedTime());
            case MachineEvent.MachineConfigured unused ->
                before.in(MachineStatus.CONFIGURED, null, incoming.recordedTime());
            case MachineEvent.MachineStarted started ->
                before.in(MachineStatus.STARTED, null, incoming.recordedTime()).at(started.address());
            case MachineEvent.MachineReady unused -> before.in(MachineStatus.READY, null, incoming.recordedTime());
            case MachineEvent.MachineLost lost -> before.in(MachineStatus.LOST, lost.reason(), incoming.recordedTime());
            case MachineEvent.MachineRetired unused -> before.in(MachineStatus.RETIRING, null, incoming.recordedTime());
            case MachineEvent.MachineDeleted unused -> before.in(MachineStatus.DELETED, null, incoming.recordedTime());
        };
    }

    private static MachineView begin(MachineEvent.MachineReserved reserved, IncomingEvent incoming) {
        NodePoolId pool = reserved.poolId();
        return new MachineView(
                reserved.machineId().value(),
                reserved.clusterId().value(),
                pool == null ? null : pool.value(),
                reserved.role().published(),
                reserved.name(),
                reserved.vmId(),
                MachineStatus.RESERVED.published(),
                null,
                reserved.address().isEmpty() ? null : reserved.address(),
                incoming.position(),
                incoming.recordedTime(),
                incoming.recordedTime());
    }
}
