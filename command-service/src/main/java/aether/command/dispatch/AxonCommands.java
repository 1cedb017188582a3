package aether.command.dispatch;

import aether.command.privacy.PersonalSeam;
import aether.command.streams.Streams;
import aether.domain.archive.ArchiveAggregate;
import aether.domain.audit.AuditAggregate;
import aether.domain.cluster.ClusterAggregate;
import aether.domain.export.ExportAggregate;
import aether.domain.kernel.Command;
import aether.domain.machine.MachineAggregate;
import aether.domain.network.RegionAggregate;
import aether.domain.nodepool.NodePoolAggregate;
import aether.domain.organization.OrganizationAggregate;
import aether.domain.organization.SlugAggregate;
import aether.domain.privacy.SubjectAggregate;
import aether.store.axon.MetadataKeys;
import java.util.List;
import org.axonframework.commandhandling.CommandBus;
import org.axonframework.commandhandling.CommandMessage;
import org.axonframework.commandhandling.SimpleCommandBus;
import org.axonframework.common.caching.Cache;
import org.axonframework.common.transaction.NoTransactionManager;
import org.axonframework.config.AggregateConfigurer;
import org.axonframework.config.ConfigurerModule;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.axonframework.messaging.correlation.SimpleCorrelationDataProvider;
import org.axonframework.messaging.interceptors.CorrelationDataInterceptor;
import org.axonframework.modelling.command.VersionedAggregateIdentifier;

/** The Axon parts behind the dispatcher, put together by hand. */
public final class AxonCommands {

    /** Every aggregate of the domain. */
    static final List<Class<?>> AGGREGATES = List.of(
            SlugAggregate.class,
            OrganizationAggregate.class,
            RegionAggregate.class,
            ClusterAggregate.class,
            NodePoolAggregate.class,
            MachineAggregate.class,
            AuditAggregate.class,
            SubjectAggregate.class,
            ExportAggregate.class,
            ArchiveAggregate.class);

    private static final String[] ON_EVERY_EVENT = {
        MetadataKeys.ACTOR_TYPE,
        MetadataKeys.ACTOR,
        MetadataKeys.REQUEST_ID,
        MetadataKeys.SOURCE_ADDRESS,
        MetadataKeys.COMMAND_ID,
        MetadataKeys.CAUSATION_ID,
        MetadataKeys.CORRELATION_ID,
        MetadataKeys.TRACEPARENT,
        PersonalSeam.PRINCIPAL,
        PersonalSeam.PLAIN_SOURCE_ADDRESS
    };

    private AxonCommands() {}

    /** A bus that handles a command on the caller's thread. It has no transaction: the log commits by itself. */
    public static CommandBus bus() {
        SimpleCommandBus bus = SimpleCommandBus.builder()
                .transactionManager(NoTransactionManager.INSTANCE)
                .build();
        @SuppressWarnings("resource") // for as long as the bus lives
        var unused = bus.registerHandlerInterceptor(
                new CorrelationDataInterceptor<>(new SimpleCorrelationDataProvider(ON_EVERY_EVENT)));
        return bus;
    }

    /** Registers the aggregates, each with the shared cache: a stream's name says which kind it is. */
    public static ConfigurerModule aggregates(Cache cache) {
        return configurer ->
                AGGREGATES.forEach(aggregate -> configurer.configureAggregate(configured(aggregate, cache)));
    }

    /** From now on every event that the store takes says whose it is. */
    public static void nameTenants(EventStore store, Streams streams) {
        @SuppressWarnings("resource") // for as long as the store lives
        var unused = store.registerDispatchInterceptor(
                new Tenancy(cluster -> streams.cluster(cluster).organization()));
    }

    /** From now on no event reaches the store with the name of a person in it. */
    public static void takeNamesOut(EventStore store, PersonalSeam seam) {
        @SuppressWarnings("resource") // for as long as the store lives
        var unused = store.registerDispatchInterceptor(seam);
    }

    private static <A> AggregateConfigurer<A> configured(Class<A> aggregate, Cache cache) {
        return AggregateConfigurer.defaultConfiguration(aggregate)
                .configureCache(configuration -> cache)
                .configureCommandTargetResolver(configuration -> AxonCommands::target);
    }

    /** The command knows; Axon's own resolver looks for annotations anew with each one, a third of a command's time. */
    private static VersionedAggregateIdentifier target(CommandMessage<?> message) {
        return new VersionedAggregateIdentifier((Object) ((Command) message.getPayload()).stream(), null);
    }
}
