package aether.reconcile.process;

import aether.domain.cluster.ClusterEvent;
import aether.domain.machine.MachineEvent;
import aether.domain.nodepool.NodePoolEvent;
import aether.domain.process.PoolData;
import aether.domain.process.ScalePool;
import org.axonframework.config.ProcessingGroup;
import org.axonframework.deadline.annotation.DeadlineHandler;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.modelling.saga.SagaEventHandler;
import org.axonframework.modelling.saga.SagaLifecycle;
import org.axonframework.modelling.saga.StartSaga;
import org.axonframework.serialization.Revision;
import org.axonframework.spring.stereotype.Saga;
import org.jspecify.annotations.Nullable;

/** The Axon shell over {@link ScalePool}: found by its pool, and by its cluster for the event that lets nodes join. */
@Saga
@ProcessingGroup(Sagas.GROUP)
@Revision("1")
public class ScalePoolSaga implements ProcessSaga {

    private static final SagaShell<ScalePool.State, PoolData> SHELL =
            new SagaShell<>(ScalePool.TABLE, ScalePool.State.class, DataForms.SCALE);

    private String memory = "";
    private String pool = "";
    private transient @Nullable SagaEquipment equipment;

    /** Axon makes an empty one before the first event and before it reads one back. */
    public ScalePoolSaga() {}

    @Override
    public void equip(SagaEquipment given) {
        equipment = given;
    }

    @StartSaga
    @SagaEventHandler(associationProperty = "poolId")
    void on(NodePoolEvent.NodePoolRequested event, EventMessage<?> message) {
        pool = event.poolId().toString();
        SagaLifecycle.associateWith("clusterId", event.clusterId().toString());
        memory = SHELL.happened(memory, event, message, pool, equipment);
    }

    @SagaEventHandler(associationProperty = "poolId")
    void on(NodePoolEvent event, EventMessage<?> message) {
        memory = SHELL.happened(memory, event, message, pool, equipment);
    }

    @SagaEventHandler(associationProperty = "poolId")
    void on(MachineEvent event, EventMessage<?> message) {
        memory = SHELL.happened(memory, event, message, pool, equipment);
    }

    @SagaEventHandler(associationProperty = "clusterId")
    void on(ClusterEvent.AddonsInstalled event, EventMessage<?> message) {
        memory = SHELL.happened(memory, event, message, pool, equipment);
    }

    @DeadlineHandler(deadlineName = "ScalePool")
    void late(ProcessDeadline deadline) {
        memory = SHELL.passed(memory, deadline, equipment);
    }
}
