package aether.reconcile.process;

import aether.domain.kernel.DomainEvent;
import aether.domain.kernel.NameBasedId;
import aether.reconcile.report.CommandPort;
import java.util.List;
import java.util.Map;
import org.axonframework.deadline.GenericDeadlineMessage;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.GenericEventMessage;
import org.axonframework.eventhandling.GenericTrackedEventMessage;
import org.axonframework.eventhandling.GlobalSequenceTrackingToken;
import org.axonframework.eventhandling.PropagatingErrorHandler;
import org.axonframework.eventhandling.Segment;
import org.axonframework.messaging.unitofwork.DefaultUnitOfWork;
import org.axonframework.messaging.unitofwork.UnitOfWork;
import org.axonframework.modelling.saga.AbstractSagaManager;
import org.axonframework.modelling.saga.AnnotatedSagaManager;
import org.axonframework.modelling.saga.repository.AnnotatedSagaRepository;

/** The real sagas in Axon's real saga managers; only storage, deadlines and commands are doubles. */
public final class SagaHarness {

    private final JsonSagaStore store = new JsonSagaStore();
    private final RecordingDeadlines deadlines = new RecordingDeadlines();
    private final StoppedProcesses stopped = new StoppedProcesses();
    private final List<AbstractSagaManager<?>> managers;

    SagaHarness(CommandPort commands, List<Class<? extends ProcessSaga>> sagas) {
        SagaEquipment equipment = new SagaEquipment(commands, deadlines, stopped);
        this.managers = sagas.stream()
                .<AbstractSagaManager<?>>map(saga -> manager(saga, equipment))
                .toList();
    }

    /** All sagas together, as they run. */
    public static SagaHarness ofAll(CommandPort commands) {
        return new SagaHarness(
                commands,
                List.of(
                        ProvisionClusterSaga.class,
                        ScalePoolSaga.class,
                        RetireClusterSaga.class,
                        RotateAuthoritySaga.class,
                        UpgradeClusterSaga.class,
                        HibernateClusterSaga.class));
    }

    private <T extends ProcessSaga> AbstractSagaManager<T> manager(Class<T> saga, SagaEquipment equipment) {
        return AnnotatedSagaManager.<T>builder()
                .sagaType(saga)
                .sagaRepository(AnnotatedSagaRepository.<T>builder()
                        .sagaType(saga)
                        .sagaStore(store)
                        .resourceInjector(made -> ((ProcessSaga) made).equip(equipment))
                        .build())
                .listenerInvocationErrorHandler(PropagatingErrorHandler.INSTANCE)
                .build();
    }

    /** Handles an event in a transaction of its own; what it throws has rolled everything back. */
    public void deliver(DomainEvent event, long position) throws Exception {
        EventMessage<DomainEvent> message = new GenericTrackedEventMessage<>(
                new GlobalSequenceTrackingToken(position),
                new GenericEventMessage<>(
                        NameBasedId.of("event", position).toString(), event, Map.of(), java.time.Instant.EPOCH));
        UnitOfWork<EventMessage<DomainEvent>> transaction = DefaultUnitOfWork.startAndGet(message);
        try {
            for (AbstractSagaManager<?> manager : managers) {
                manager.handle(message, Segment.ROOT_SEGMENT);
            }
        } catch (Exception e) {
            transaction.rollback(e);
            throw e;
        }
        transaction.commit();
    }

    /** Lets a deadline pass, as the scheduler would. */
    void pass(RecordingDeadlines.Set deadline) throws Exception {
        GenericDeadlineMessage<ProcessDeadline> message =
                new GenericDeadlineMessage<>(deadline.name(), deadline.payload());
        UnitOfWork<GenericDeadlineMessage<ProcessDeadline>> transaction = DefaultUnitOfWork.startAndGet(message);
        try {
            for (AbstractSagaManager<?> manager : managers) {
                if (manager.canResolve(deadline.scope())) {
                    manager.send(message, deadline.scope());
                }
            }
        } catch (Exception e) {
            transaction.rollback(e);
            throw e;
        }
        transaction.commit();
    }

    /** Lets the deadline pass that was set last. */
    public void passNewestDeadline() throws Exception {
        pass(deadlines.all().getLast());
    }

    List<RecordingDeadlines.Set> deadlines() {
        return deadlines.all();
    }

    /** What is kept, as JSON. */
    public List<String> kept() {
        return store.bodies();
    }

    /** The sagas that stand still. */
    public Map<String, String> stopped() {
        return stopped.reasons();
    }
}
