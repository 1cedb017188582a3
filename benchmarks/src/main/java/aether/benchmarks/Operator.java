package aether.benchmarks;

import aether.domain.cluster.ClusterId;
import aether.reconcile.RunningWorkers;
import aether.reconcile.Workers;
import aether.reconcile.controlplane.TenantApiAddress;
import aether.reconcile.hypervisor.Hypervisor;
import aether.reconcile.hypervisor.MachineConfig;
import aether.reconcile.hypervisor.NewMachine;
import aether.reconcile.hypervisor.VirtualMachine;
import aether.reconcile.kube.FabricManagementCluster;
import aether.reconcile.kube.KubeSettings;
import aether.reconcile.loop.LoopSettings;
import aether.reconcile.render.EtcdUpkeep;
import aether.reconcile.render.RenderingOptions;
import aether.reconcile.render.Schedule;
import aether.reconcile.render.SnapshotStore;
import aether.reconcile.report.Reports;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/** The workers as they run in production, at one management cluster. */
final class Operator implements AutoCloseable {

    /** A site that has everything rendered that can be. */
    private static final RenderingOptions SITE = new RenderingOptions("images.example/", Map.of())
            .with(new EtcdUpkeep(
                    new Schedule("H 3 * * 6"),
                    2L << 30,
                    "monitoring",
                    new SnapshotStore(
                            new Schedule("H */6 * * *"),
                            "images.example/rclone:1",
                            "tenant-snapshots",
                            Map.of("type", "s3"),
                            "snapshot-store",
                            List.of("192.0.2.0/28"),
                            443)));

    private final TenantLog log = new TenantLog();
    private final FabricManagementCluster cluster;
    private final RecordedCluster recorded;
    private final RunningWorkers workers;

    Operator(KubeSettings settings, boolean keeping) {
        cluster = FabricManagementCluster.at(settings);
        recorded = new RecordedCluster(cluster, keeping);
        Workers subjects = new Workers(
                log.world(),
                new Workers.World(
                        recorded,
                        new MemoryTenants(),
                        TenantApiAddress.published(),
                        new NoMachines(),
                        tenant -> 1,
                        new Reports(log, tenant -> {}),
                        SITE,
                        null,
                        name -> "",
                        Clock.systemUTC(),
                        new Random(7)));
        workers = new RunningWorkers(
                LoopSettings.DEFAULT, log.world(), () -> true, subjects, recorded, Clock.systemUTC(), new Random(8));
        log.tell(workers::offer);
        workers.start();
    }

    /** Asks for tenants, all at once. */
    void request(List<ClusterId> tenants) {
        tenants.forEach(log::request);
    }

    TenantLog log() {
        return log;
    }

    RecordedCluster recorded() {
        return recorded;
    }

    Map<String, String> troubles() {
        return workers.troubles();
    }

    @Override
    public void close() {
        workers.close();
        cluster.close();
    }

    /** Tenants whose load balancers are somebody else's: machines are no matter of the API server. */
    private static final class NoMachines implements Hypervisor {
        @Override
        public Optional<VirtualMachine> find(int vmId) {
            return Optional.empty();
        }

        @Override
        public List<VirtualMachine> tagged(String tag) {
            return List.of();
        }

        @Override
        public void clone(NewMachine machine) {
            throw notAsked();
        }

        @Override
        public void configure(VirtualMachine machine, MachineConfig config) {
            throw notAsked();
        }

        @Override
        public void start(VirtualMachine machine) {
            throw notAsked();
        }

        @Override
        public void stop(VirtualMachine machine) {
            throw notAsked();
        }

        @Override
        public void delete(VirtualMachine machine) {
            throw notAsked();
        }

        private static UnsupportedOperationException notAsked() {
            return new UnsupportedOperationException("Expected no machine to be asked for, but one was.");
        }
    }
}
