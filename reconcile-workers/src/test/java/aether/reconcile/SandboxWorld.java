package aether.reconcile;

import aether.embedded.kubernetes.KubernetesBinaries;
import aether.reconcile.certificates.TenantCertificate;
import aether.reconcile.controlplane.ClusterTrust;
import aether.reconcile.controlplane.TenantApiAddress;
import aether.reconcile.hypervisor.HttpHypervisor;
import aether.reconcile.hypervisor.HypervisorSettings;
import aether.reconcile.kube.FabricManagementCluster;
import aether.reconcile.kube.FabricTenantApis;
import aether.reconcile.kube.KubeSettings;
import aether.reconcile.kube.ManagementCluster;
import aether.reconcile.render.EtcdUpkeep;
import aether.reconcile.render.RenderingOptions;
import aether.reconcile.render.Schedule;
import aether.reconcile.render.SnapshotStore;
import aether.sandbox.Sandbox;
import aether.sandbox.SandboxSettings;
import aether.sandbox.SandboxTimings;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** The real adapters against the real sandbox server. */
final class SandboxWorld implements AutoCloseable {

    private final SandboxSettings settings;
    private Sandbox sandbox;
    private final FabricManagementCluster cluster;
    private final FabricTenantApis tenants = new FabricTenantApis(InstantSource.system());

    SandboxWorld(Path directory) throws IOException {
        this(new SandboxSettings(directory, 0, InstantSource.system(), new Random(5), SandboxTimings.IMMEDIATE));
    }

    /** A world whose time a test moves. */
    SandboxWorld(Path directory, InstantSource clock) throws IOException {
        this(new SandboxSettings(directory, 0, clock, new Random(5), SandboxTimings.IMMEDIATE));
    }

    /** A world that runs control planes as processes which ask for the version of these binaries. */
    SandboxWorld(Path directory, KubernetesBinaries binaries) throws IOException {
        this(new SandboxSettings(directory, 0, InstantSource.system(), new Random(5), SandboxTimings.IMMEDIATE)
                .with(binaries));
    }

    private SandboxWorld(SandboxSettings settings) throws IOException {
        this.settings = settings;
        this.sandbox = Sandbox.start(settings);
        this.cluster = as(sandbox.token());
    }

    Sandbox sandbox() {
        return sandbox;
    }

    /** Nobody answers any more. */
    void stop() throws IOException {
        sandbox.close();
    }

    /** The same world under the same address. */
    void startAgain() throws IOException {
        sandbox = Sandbox.start(settings);
    }

    FabricManagementCluster cluster() {
        return cluster;
    }

    Landscape.Outside outside() {
        return outside(null);
    }

    /** The same at a site that looks after etcd. */
    Landscape.Outside outside(@Nullable EtcdUpkeep upkeep) {
        return outside(cluster, upkeep);
    }

    /** How a site looks after etcd that keeps snapshots, or that keeps none. */
    static EtcdUpkeep upkeep(boolean store) {
        return new EtcdUpkeep(
                new Schedule("H 3 * * 6"),
                1L << 30,
                "monitoring",
                store
                        ? new SnapshotStore(
                                new Schedule("H */6 * * *"),
                                "rclone",
                                "bucket",
                                Map.of("type", "s3"),
                                "snapshot-store",
                                List.of("10.0.0.0/8"),
                                443)
                        : null);
    }

    /** The management cluster for whoever bears this token. */
    final FabricManagementCluster as(String token) {
        return FabricManagementCluster.at(
                new KubeSettings(Optional.of(sandbox.url().toString()), Optional.of(token), Optional.empty()));
    }

    /** The same world for workers that reach the management cluster in this way. */
    Landscape.Outside outside(ManagementCluster management, @Nullable EtcdUpkeep upkeep) {
        return new Landscape.Outside(
                management,
                tenants,
                TenantApiAddress.annotated(TenantApiAddress.SANDBOX_ANNOTATION),
                new HttpHypervisor(new HypervisorSettings(URI.create(sandbox.url() + "/hypervisor"), sandbox.token())),
                RenderingOptions.sandboxed("", TenantCertificate.APISERVER, ClusterTrust.NAME)
                        .with(upkeep));
    }

    /** What exists twice or was made twice, by the sandbox's own count. */
    List<String> doubles() {
        return sandbox.inventory()
                .path("doubles")
                .valueStream()
                .map(each -> each.asString(""))
                .toList();
    }

    long count(String what) {
        return sandbox.inventory().path(what).path("count").asLong(-1);
    }

    @Override
    public void close() throws IOException {
        tenants.close();
        cluster.close();
        sandbox.close();
    }
}
