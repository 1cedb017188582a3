package aether.reconcile.controlplane;

import aether.reconcile.certificates.TenantCertificate;
import aether.reconcile.render.EtcdUpkeep;
import aether.reconcile.render.Pods;
import aether.reconcile.render.Rendered;
import aether.reconcile.render.RenderingOptions;
import aether.reconcile.render.SnapshotStore;
import aether.reconcile.render.TenantNames;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyEgressRule;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyEgressRuleBuilder;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyIngressRule;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPeerBuilder;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPort;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What looks after a tenant's etcd: defragmentation and snapshots, each a CronJob with exactly the flows it needs. */
final class EtcdUpkeepRendering {

    static final String DEFRAGMENTATION = "etcd-defrag";
    static final String SNAPSHOT = "etcd-snapshot";
    static final String SCRATCH = "snapshot";
    static final String SCRATCH_PLACE = "/snapshot";
    static final String FILE = SCRATCH_PLACE + "/etcd.db";

    /** Etcd has no users here: every client of its authority may do all, so one more certificate would part nothing. */
    private static final String CLIENT = TenantCertificate.APISERVER_ETCD_CLIENT;

    private EtcdUpkeepRendering() {}

    static List<Rendered> of(DesiredControlPlane desired, RenderingOptions options) {
        List<Rendered> objects = new ArrayList<>();
        options.upkeep().ifPresent(upkeep -> {
            objects.addAll(defragmentation(desired, options, upkeep));
            upkeep.store().ifPresent(store -> objects.addAll(snapshots(desired, options, upkeep, store)));
            EtcdRestoreRendering.store(desired, options)
                    .ifPresent(store -> objects.add(IsolationRendering.policy(
                            desired,
                            "etcd-restore",
                            IsolationRendering.only(TenantNames.ETCD),
                            List.of(),
                            List.of(toStore(store)))));
        });
        return List.copyOf(objects);
    }

    /** Who talks to etcd beside the control plane. */
    static List<NetworkPolicyIngressRule> toEtcd(RenderingOptions options) {
        return options.upkeep()
                .map(upkeep -> {
                    List<NetworkPolicyIngressRule> flows = new ArrayList<>();
                    flows.add(
                            IsolationRendering.in(EtcdRendering.CLIENT_PORT, IsolationRendering.pods(DEFRAGMENTATION)));
                    upkeep.store()
                            .ifPresent(store -> flows.add(IsolationRendering.in(
                                    EtcdRendering.CLIENT_PORT, IsolationRendering.pods(SNAPSHOT))));
                    flows.add(IsolationRendering.in(
                            EtcdRendering.METRICS_PORT,
                            new NetworkPolicyPeerBuilder()
                                    .withNewNamespaceSelector()
                                    .withMatchLabels(Map.of("kubernetes.io/metadata.name", upkeep.metricsNamespace()))
                                    .endNamespaceSelector()
                                    .build()));
                    return List.copyOf(flows);
                })
                .orElse(List.of());
    }

    /** Room for one snapshot: no bigger than etcd may get, and what it is over by when the alarm comes. */
    static Volume scratch(EtcdUpkeep upkeep) {
        return Pods.scratch(SCRATCH, new Quantity(Long.toString(upkeep.quotaBytes() + (256L << 20))));
    }

    private static List<Rendered> defragmentation(
            DesiredControlPlane desired, RenderingOptions options, EtcdUpkeep upkeep) {
        // One after the other, because a member answers nobody while it works.
        List<String> command =
                etcdctl(String.join(",", EtcdRendering.members(desired)), "defrag", "--command-timeout=5m");
        Container container = Pods.task(
                "defrag",
                EtcdRendering.image(desired, options),
                command,
                Pods.requests("50m", "64Mi"),
                List.of(Pods.pki(ClusterTrust.ETCD), Pods.pki(CLIENT)));
        return List.of(
                IsolationRendering.account(desired, DEFRAGMENTATION),
                IsolationRendering.policy(
                        desired,
                        DEFRAGMENTATION,
                        IsolationRendering.only(DEFRAGMENTATION),
                        List.of(),
                        List.of(IsolationRendering.out(
                                EtcdRendering.CLIENT_PORT, IsolationRendering.pods(TenantNames.ETCD)))),
                new Chore(DEFRAGMENTATION, List.of(container), certificates())
                        .every(desired, upkeep.defragmentation().of(desired.clusterId())));
    }

    private static List<Rendered> snapshots(
            DesiredControlPlane desired, RenderingOptions options, EtcdUpkeep upkeep, SnapshotStore store) {
        Chore snapshot = snapshot(desired, options, upkeep, store);
        List<Rendered> objects = new ArrayList<>(List.of(
                IsolationRendering.account(desired, SNAPSHOT),
                IsolationRendering.policy(
                        desired,
                        SNAPSHOT,
                        IsolationRendering.only(SNAPSHOT),
                        List.of(),
                        List.of(
                                IsolationRendering.out(
                                        EtcdRendering.CLIENT_PORT, IsolationRendering.pods(TenantNames.ETCD)),
                                toStore(store))),
                snapshot.every(desired, store.schedule().of(desired.clusterId()))));
        SnapshotBefore.of(desired, options).ifPresent(before -> objects.add(snapshot.once(desired, before.job())));
        return List.copyOf(objects);
    }

    private static Chore snapshot(
            DesiredControlPlane desired, RenderingOptions options, EtcdUpkeep upkeep, SnapshotStore store) {
        List<VolumeMount> writing =
                List.of(Pods.pki(ClusterTrust.ETCD), Pods.pki(CLIENT), Pods.writable(SCRATCH, SCRATCH_PLACE));
        List<VolumeMount> reading = List.of(Pods.readOnly(SCRATCH, SCRATCH_PLACE));
        String image = EtcdRendering.image(desired, options);
        Container save = Pods.task(
                "save",
                image,
                etcdctl(EtcdRendering.anyMember(desired), "snapshot", "save", FILE, "--command-timeout=10m"),
                Pods.requests("50m", "128Mi"),
                writing);
        // Opens it as a restore would and reads every key; a writable mount, because its lock is a write.
        Container check = Pods.task(
                "check",
                image,
                List.of(EtcdRendering.snapshotTool(desired), "snapshot", "status", FILE, "--write-out=json"),
                Pods.requests("50m", "128Mi"),
                List.of(Pods.writable(SCRATCH, SCRATCH_PLACE)));
        Container upload = RcloneRendering.container(
                "upload", store, RcloneRendering.copy(FILE, RcloneRendering.current(desired, store)), reading);
        List<Volume> volumes = new ArrayList<>(certificates());
        volumes.add(scratch(upkeep));
        return new Chore(SNAPSHOT, List.of(save, check, upload), volumes);
    }

    private static List<String> etcdctl(String endpoints, String... words) {
        List<String> command = new ArrayList<>(List.of("etcdctl"));
        command.addAll(List.of(words));
        command.addAll(List.of(
                "--endpoints=" + endpoints,
                "--cacert=" + ClusterTrust.file(ClusterTrust.ETCD),
                "--cert=/pki/" + CLIENT + "/tls.crt",
                "--key=/pki/" + CLIENT + "/tls.key"));
        return List.copyOf(command);
    }

    private static List<Volume> certificates() {
        return List.of(Pods.configMap(ClusterTrust.ETCD), Pods.secret(CLIENT, "tls.crt", "tls.key"));
    }

    private static NetworkPolicyEgressRule toStore(SnapshotStore store) {
        return new NetworkPolicyEgressRuleBuilder()
                .withTo(store.networks().stream()
                        .map(network -> new NetworkPolicyPeerBuilder()
                                .withNewIpBlock()
                                .withCidr(network)
                                .endIpBlock()
                                .build())
                        .toList())
                .withPorts(new NetworkPolicyPort(null, new IntOrString(store.port()), "TCP"))
                .build();
    }
}
