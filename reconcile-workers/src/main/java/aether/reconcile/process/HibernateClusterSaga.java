package aether.reconcile.process;

import aether.domain.cluster.ClusterEvent;
import aether.domain.nodepool.NodePoolEvent;
import aether.domain.process.HibernateCluster;
import org.axonframework.config.ProcessingGroup;
import org.axonframework.deadline.annotation.DeadlineHandler;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.modelling.saga.SagaEventHandler;
import org.axonframework.modelling.saga.StartSaga;
import org.axonframework.serialization.Revision;
import org.axonframework.spring.stereotype.Saga;
import org.jspecify.annotations.Nullable;

/** The Axon shell over {@link HibernateCluster}. */
@Saga
@ProcessingGroup(Sagas.GROUP)
@Revision("1")
public class HibernateClusterSaga implements ProcessSaga {

    private static final SagaShell<HibernateCluster.State, HibernateCluster.Data> SHELL =
            new SagaShell<>(HibernateCluster.TABLE, HibernateCluster.State.class, DataForms.HIBERNATE);

    private String memory = "";
    private transient @Nullable SagaEquipment equipment;

    /** Axon makes an empty one before the first event and before it reads one back. */
    public HibernateClusterSaga() {}

    @Override
    public void equip(SagaEquipment given) {
        equipment = given;
    }

    @StartSaga
    @SagaEventHandler(associationProperty = "clusterId")
    void on(ClusterEvent.ClusterHibernationStarted event, EventMessage<?> message) {
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

    @DeadlineHandler(deadlineName = "HibernateCluster")
    void late(ProcessDeadline deadline) {
        memory = SHELL.passed(memory, deadline, equipment);
    }
}
