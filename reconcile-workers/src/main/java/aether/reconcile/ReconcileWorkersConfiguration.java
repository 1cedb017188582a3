package aether.reconcile;

import aether.reconcile.desired.DesiredWorld;
import aether.reconcile.hypervisor.HttpHypervisor;
import aether.reconcile.hypervisor.Hypervisor;
import aether.reconcile.kube.FabricManagementCluster;
import aether.reconcile.kube.FabricTenantApis;
import aether.reconcile.kube.ManagementCluster;
import aether.reconcile.kube.TenantApis;
import aether.reconcile.lease.StoredLeases;
import aether.reconcile.loop.Backoff;
import aether.reconcile.process.Sagas;
import aether.reconcile.process.StoppedProcesses;
import aether.reconcile.report.Reports;
import aether.reconcile.report.RetryingCommandPort;
import aether.store.process.TenantLeases;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.InstantSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.PropertySource;

/**
 * The sagas and workers, put together by hand. It wants beans {@link ReconcileWorkersSettings} and
 * {@link WorkerCommands}, and Axon's auto-configuration without what would look for XStream, JPA or a DataSource.
 */
@Configuration(proxyBeanMethods = false)
@PropertySource("classpath:aether/reconcile/axon.properties")
public class ReconcileWorkersConfiguration {

    /** A saga waits through a restart of the command service, and no longer than its token stays claimed. */
    private static final int SAGA_ATTEMPTS = 8;

    private static final Duration SAGA_FIRST_RETRY = Duration.ofMillis(100);
    private static final Duration SAGA_LAST_RETRY = Duration.ofSeconds(2);

    private static final InstantSource CLOCK = Clock.systemUTC();
    private static final SecureRandom CHANCE = new SecureRandom();

    @Bean
    WorkerLog workerLog(ReconcileWorkersSettings settings) {
        return WorkerLog.open(settings.database().forReading());
    }

    @Bean
    WorkerDatabase workerDatabase(ReconcileWorkersSettings settings) {
        return WorkerDatabase.open(settings.database().forSagas());
    }

    @Bean
    StoppedProcesses workerStoppedProcesses() {
        return new StoppedProcesses();
    }

    @Bean
    Sagas workerSagas(
            ReconcileWorkersSettings settings,
            WorkerLog log,
            WorkerDatabase database,
            WorkerCommands commands,
            StoppedProcesses stopped) {
        return new Sagas(
                log.messages(),
                database.pool(),
                settings.node(),
                new RetryingCommandPort(
                        commands.port(),
                        SAGA_ATTEMPTS,
                        new Backoff(SAGA_FIRST_RETRY, SAGA_LAST_RETRY, CHANCE),
                        Thread::sleep),
                stopped);
    }

    @Bean
    DesiredWorld workerDesiredWorld() {
        return new DesiredWorld();
    }

    @Bean
    StoredLeases workerLeases(ReconcileWorkersSettings settings, WorkerDatabase database) {
        return new StoredLeases(new TenantLeases(database.pool()), settings.node(), CLOCK);
    }

    @Bean
    FabricManagementCluster workerManagementCluster(ReconcileWorkersSettings settings) {
        return FabricManagementCluster.at(settings.kube());
    }

    @Bean
    FabricTenantApis workerTenantApis() {
        return new FabricTenantApis(CLOCK);
    }

    @Bean
    Hypervisor workerHypervisor(ReconcileWorkersSettings settings) {
        return new HttpHypervisor(settings.machines());
    }

    @Bean
    Workers reconcileWorkers(
            ReconcileWorkersSettings settings,
            WorkerCommands commands,
            DesiredWorld desired,
            StoredLeases leases,
            ManagementCluster cluster,
            TenantApis tenants,
            Hypervisor hypervisor) {
        return new Workers(
                desired,
                new Workers.World(
                        cluster,
                        tenants,
                        settings.addresses(),
                        hypervisor,
                        leases,
                        new Reports(commands.port(), leases::forget),
                        settings.rendering(),
                        settings.names(),
                        settings.aliases(),
                        CLOCK,
                        CHANCE));
    }

    @Bean
    WorkersLifecycle workersLifecycle(
            ReconcileWorkersSettings settings,
            WorkerLog log,
            DesiredWorld desired,
            Workers workers,
            ManagementCluster cluster) {
        return new WorkersLifecycle(settings, log, desired, workers, cluster, CLOCK, CHANCE);
    }

    @Bean
    WorkersHealth workersHealth(
            WorkersLifecycle lifecycle, StoppedProcesses stopped, org.axonframework.config.Configuration axon) {
        return new WorkersHealth(lifecycle, stopped, axon);
    }
}
