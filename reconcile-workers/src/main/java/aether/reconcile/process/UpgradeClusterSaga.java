package aether.reconcile.process;

import aether.domain.cluster.ClusterEvent;
import aether.domain.nodepool.NodePoolEvent;
import aether.domain.process.UpgradeCluster;
import org.axonframework.config.ProcessingGroup;
import org.axonframework.deadline.annotation.DeadlineHandler;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.modelling.saga.SagaEventHandler;
import org.axonframework.modelling.saga.StartSaga;
import org.axonframework.serialization.Revision;
import org.axonframework.spring.stereotype.Saga;
import org.jspecify.annotations.Nullable;

/** The Axon shell over {@link UpgradeCluster}. */
@Saga
@ProcessingGroup(Sagas.GROUP)
@Revision("1")
public class UpgradeClusterSaga implements ProcessSaga {

    private static final SagaShell<UpgradeCluster.State, UpgradeCluster.Data> SHELL =
            new SagaShell<>(UpgradeCluster.TABLE, UpgradeCluster.State.class, DataForms.UPGRADE);

    private String memory = "";
    private transient @Nullable SagaEquipment equipment;

    /** Axon makes an empty one before the first event and before it reads one back. */
    public UpgradeClusterSaga() {}

    @Override
    public void equip(SagaEquipment given) {
        equipment = given;
    }

    @StartSaga
    @SagaEventHandler(associationProperty = "clusterId")
    void on(ClusterEvent.ClusterUpgradeStarted event, EventMessage<?> message) {
        memory = SHELL.happened(memory, event, message, event.clusterId().toString(), equipment);
    }

    @SagaEventHandler(associationProperty = "clusterId")
    void on(ClusterEvent event, EventMessage<?> message) {
        memory = SHELL.happened(memory, event, message, event.clusterId().toString(), equipment);
    }

    @SagaEventHandler(associationProperty = "clusterId")
    void on(NodePoolEvent event, EventMessage<?> message) {
        memory = SHELL.happened(memory, event, message, event.clusterId().toString(), equipment);
    }

    @DeadlineHandler(deadlineName = "UpgradeCluster")
    void late(ProcessDeadline deadline) {
        memory = SHELL.passed(memory, deadline, equipment);
    }
}
