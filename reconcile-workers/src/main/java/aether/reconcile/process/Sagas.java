package aether.reconcile.process;

import aether.reconcile.report.CommandPort;
import aether.store.axon.CoordinatorExecutor;
import aether.store.process.ProcessStores;
import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.jdbc.PostgreSqlJdbcCustomization;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import javax.sql.DataSource;
import org.axonframework.config.Configuration;
import org.axonframework.config.ConfigurationScopeAwareProvider;
import org.axonframework.config.Configurer;
import org.axonframework.config.ConfigurerModule;
import org.axonframework.config.EventProcessingConfigurer;
import org.axonframework.deadline.dbscheduler.DbSchedulerDeadlineManager;
import org.axonframework.eventhandling.PropagatingErrorHandler;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.lifecycle.Phase;
import org.axonframework.messaging.StreamableMessageSource;
import org.axonframework.modelling.saga.repository.AnnotatedSagaRepository;
import org.axonframework.spring.messaging.unitofwork.SpringTransactionManager;

/**
 * The sagas as one part of an Axon configuration: one processing group with one segment, so that the order over the log
 * is total, and failures that stop the group until they are over instead of being logged away.
 */
public final class Sagas implements ConfigurerModule {

    /** The processing group of all sagas, which is also its processor's name. */
    public static final String GROUP = "aether-sagas";

    /** A batch shares one transaction and one token update; its commands are repeated when it fails, harmlessly. */
    private static final int BATCH = 64;

    /** How late a deadline may be noticed; deadlines are minutes long. */
    private static final Duration DEADLINE_POLL = Duration.ofSeconds(1);

    private static final int DEADLINE_THREADS = 2;

    /** How soon a segment is looked at again that nobody holds. */
    private static final long CLAIM_INTERVAL_MILLIS = 1_000;

    private final StreamableMessageSource<TrackedEventMessage<?>> log;
    private final SagaStorage storage;
    private final CommandPort commands;
    private final StoppedProcesses stopped;
    private final AtomicReference<DbSchedulerDeadlineManager> deadlines = new AtomicReference<>();

    /**
     * The sagas over a log.
     *
     * @param database where they are kept, used as role {@code aether_saga}
     * @param node this process: another one has another name, and the same keeps it over a restart to take its segment
     *     at once
     */
    public Sagas(
            StreamableMessageSource<TrackedEventMessage<?>> log,
            DataSource database,
            String node,
            CommandPort commands,
            StoppedProcesses stopped) {
        this.log = log;
        this.storage = SagaStorage.in(database, node);
        this.commands = commands;
        this.stopped = stopped;
    }

    @Override
    public void configureModule(Configurer configurer) {
        EventProcessingConfigurer processing = configurer.eventProcessing();
        register(processing, ProvisionClusterSaga.class);
        register(processing, ScalePoolSaga.class);
        register(processing, RetireClusterSaga.class);
        register(processing, RotateAuthoritySaga.class);
        register(processing, UpgradeClusterSaga.class);
        register(processing, HibernateClusterSaga.class);
        processing
                .registerListenerInvocationErrorHandler(GROUP, unused -> PropagatingErrorHandler.INSTANCE)
                .registerErrorHandler(GROUP, unused -> PropagatingErrorHandler.INSTANCE)
                .registerTokenStore(GROUP, unused -> storage.tokens())
                .registerTransactionManager(GROUP, unused -> storage.transactions())
                .registerPooledStreamingEventProcessor(
                        GROUP,
                        unused -> log,
                        (axon, builder) -> builder.initialSegmentCount(1)
                                .coordinatorExecutor(coordinator(axon))
                                .initialToken(StreamableMessageSource::createTailToken)
                                .batchSize(BATCH)
                                .tokenClaimInterval(CLAIM_INTERVAL_MILLIS)
                                .enableCoordinatorClaimExtension());
        configurer.onInitialize(this::scheduleDeadlines);
    }

    private <T extends ProcessSaga> void register(EventProcessingConfigurer processing, Class<T> saga) {
        processing.registerSaga(
                saga,
                configurer -> configurer
                        .configureSagaStore(unused -> storage.sagas())
                        .configureRepository(axon -> AnnotatedSagaRepository.<T>builder()
                                .sagaType(saga)
                                .sagaStore(storage.sagas())
                                .parameterResolverFactory(axon.parameterResolverFactory())
                                .handlerDefinition(axon.handlerDefinition(saga))
                                .resourceInjector(made -> ((ProcessSaga) made).equip(equipment()))
                                .build()));
    }

    private static CoordinatorExecutor coordinator(Configuration axon) {
        CoordinatorExecutor coordinator = new CoordinatorExecutor(GROUP);
        axon.onShutdown(coordinator::shutdown);
        return coordinator;
    }

    private SagaEquipment equipment() {
        return new SagaEquipment(commands, deadlines.get(), stopped);
    }

    private void scheduleDeadlines(Configuration axon) {
        Scheduler scheduler = Scheduler.create(
                        storage.deadlines(), List.of(DbSchedulerDeadlineManager.binaryTask(deadlines::get)))
                .tableName(ProcessStores.SCHEDULED_TASKS)
                .jdbcCustomization(new PostgreSqlJdbcCustomization(false, false)) // asks no database at start
                .pollingInterval(DEADLINE_POLL)
                .threads(DEADLINE_THREADS)
                .build();
        deadlines.set(DbSchedulerDeadlineManager.builder()
                .scheduler(scheduler)
                .scopeAwareProvider(new ConfigurationScopeAwareProvider(axon))
                .serializer(storage.serializer())
                .transactionManager(storage.transactions())
                .startScheduler(false)
                .stopScheduler(false)
                .build());
        axon.onStart(Phase.INBOUND_EVENT_CONNECTORS, () -> {
            assertTransactional(axon);
            scheduler.start();
        });
        axon.onShutdown(Phase.INBOUND_EVENT_CONNECTORS, scheduler::stop);
    }

    /** Axon falls back to no transactions at all without a word when it finds no transaction manager. */
    private static void assertTransactional(Configuration axon) {
        Object used = axon.eventProcessingConfiguration().transactionManager(GROUP);
        if (!(used instanceof SpringTransactionManager)) {
            throw new IllegalStateException(
                    "Expected the sagas to run in Spring's transactions, but Axon was given " + used + ".");
        }
    }
}
