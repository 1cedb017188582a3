package aether.reconcile.process;

import aether.domain.cluster.ClusterEvent;
import aether.domain.machine.MachineEvent;
import aether.domain.network.NetworkEvent;
import aether.domain.nodepool.NodePoolEvent;
import aether.domain.process.ProvisionCluster;
import org.axonframework.config.ProcessingGroup;
import org.axonframework.deadline.annotation.DeadlineHandler;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.modelling.saga.SagaEventHandler;
import org.axonframework.modelling.saga.StartSaga;
import org.axonframework.serialization.Revision;
import org.axonframework.spring.stereotype.Saga;
import org.jspecify.annotations.Nullable;

/** The Axon shell over {@link ProvisionCluster}. */
@Saga
@ProcessingGroup(Sagas.GROUP)
@Revision("1")
public class ProvisionClusterSaga implements ProcessSaga {

    private static final SagaShell<ProvisionCluster.State, ProvisionCluster.Data> SHELL =
            new SagaShell<>(ProvisionCluster.TABLE, ProvisionCluster.State.class, DataForms.PROVISION);

    private String memory = "";
    private transient @Nullable SagaEquipment equipment;

    /** Axon makes an empty one before the first event and before it reads one back. */
    public ProvisionClusterSaga() {}

    @Override
    public void equip(SagaEquipment given) {
        equipment = given;
    }

    @StartSaga
    @SagaEventHandler(associationProperty = "clusterId")
    void on(ClusterEvent.ClusterRequested event, EventMessage<?> message) {
        memory = SHELL.happened(memory, event, message, event.clusterId().toString(), equipment);
    }

    @SagaEventHandler(associationProperty = "clusterId")
    void on(ClusterEvent event, EventMessage<?> message) {
        memory = SHELL.happened(memory, event, message, event.clusterId().toString(), equipment);
    }

    @SagaEventHandler(associationProperty = "clusterId")
    void on(NetworkEvent.NetworkAllocated event, EventMessage<?> message) {
        memory = SHELL.happened(memory, event, message, event.clusterId().toString(), equipment);
    }

    @SagaEventHandler(associationProperty = "clusterId")
    void on(MachineEvent event, EventMessage<?> message) {
        memory = SHELL.happened(memory, event, message, event.clusterId().toString(), equipment);
    }

    @SagaEventHandler(associationProperty = "clusterId")
    void on(NodePoolEvent event, EventMessage<?> message) {
        memory = SHELL.happened(memory, event, message, event.clusterId().toString(), equipment);
    }

    @DeadlineHandler(deadlineName = "ProvisionCluster")
    void late(ProcessDeadline deadline) {
        memory = SHELL.passed(memory, deadline, equipment);
    }
}
