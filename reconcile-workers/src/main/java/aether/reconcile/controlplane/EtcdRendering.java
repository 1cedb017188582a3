package aether.reconcile.controlplane;

import aether.reconcile.certificates.TenantCertificate;
import aether.reconcile.render.Labels;
import aether.reconcile.render.Pods;
import aether.reconcile.render.Rendered;
import aether.reconcile.render.RenderingOptions;
import aether.reconcile.render.TenantNames;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaimBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.apps.StatefulSetBuilder;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudgetBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The tenant's own etcd, TLS everywhere. With one member everything about it is known when it is rendered; of three,
 * each knows from its pod's name who it is.
 */
final class EtcdRendering {

    static final int CLIENT_PORT = 2379;
    static final int PEER_PORT = 2380;
    /** Its health and numbers about it, without TLS: they name no key and no value. */
    static final int METRICS_PORT = 2381;

    static final String DATA = "data";
    static final String DATA_PLACE = "/var/lib/etcd";
    static final String DATA_DIRECTORY = DATA_PLACE + "/data";
    private static final String FIRST_MEMBER = TenantNames.ETCD + "-0";
    /** The pod's name, as Kubernetes puts it into a command. */
    private static final String OWN_NAME = "POD_NAME";

    /** etcd's own default quota is 2 GiB; the rest is room for defragmentation and snapshots. */
    private static final String DISK = "8Gi";

    private EtcdRendering() {}

    /** The address that the API server dials. */
    static String url(DesiredControlPlane desired) {
        return "https://" + host(desired) + ":" + CLIENT_PORT;
    }

    /** What an API server is told: every member, or the one. */
    static String urls(DesiredControlPlane desired) {
        return isOne(desired) ? url(desired) : String.join(",", members(desired));
    }

    static List<Rendered> of(DesiredControlPlane desired, RenderingOptions options, String certificates) {
        return isOne(desired)
                ? List.of(service(desired), statefulSet(desired, options, certificates))
                : List.of(service(desired), budget(desired), statefulSet(desired, options, certificates));
    }

    private static boolean isOne(DesiredControlPlane desired) {
        return desired.etcdMembers() == 1;
    }

    /** A drain waits rather than take the majority away. */
    private static Rendered budget(DesiredControlPlane desired) {
        return Rendered.of(new PodDisruptionBudgetBuilder()
                .withNewMetadata()
                .withNamespace(TenantNames.namespace(desired.clusterId()))
                .withName(TenantNames.ETCD)
                .withLabels(labels(desired))
                .endMetadata()
                .withNewSpec()
                .withMinAvailable(new IntOrString(desired.etcdMembers() / 2 + 1))
                .withNewSelector()
                .withMatchLabels(Map.of(Labels.NAME, TenantNames.ETCD))
                .endSelector()
                .endSpec()
                .build());
    }

    private static String host(DesiredControlPlane desired) {
        return TenantNames.ETCD + "." + TenantNames.namespace(desired.clusterId()) + ".svc";
    }

    private static Map<String, String> labels(DesiredControlPlane desired) {
        return Labels.of(desired.organizationId(), desired.clusterId(), TenantNames.ETCD);
    }

    private static Rendered service(DesiredControlPlane desired) {
        return Rendered.of(new ServiceBuilder()
                .withNewMetadata()
                .withNamespace(TenantNames.namespace(desired.clusterId()))
                .withName(TenantNames.ETCD)
                .withLabels(labels(desired))
                .endMetadata()
                .withNewSpec()
                .withClusterIP("None")
                .withPublishNotReadyAddresses(true)
                .withSelector(Map.of(Labels.NAME, TenantNames.ETCD))
                .addNewPort()
                .withName("client")
                .withProtocol("TCP") // part of the key: servers before 1.21 refuse to apply without it
                .withPort(CLIENT_PORT)
                .endPort()
                .addNewPort()
                .withName("peer")
                .withProtocol("TCP") // part of the key: servers before 1.21 refuse to apply without it
                .withPort(PEER_PORT)
                .endPort()
                .endSpec()
                .build());
    }

    private static Rendered statefulSet(DesiredControlPlane desired, RenderingOptions options, String certificates) {
        return Rendered.of(new StatefulSetBuilder()
                .withNewMetadata()
                .withNamespace(TenantNames.namespace(desired.clusterId()))
                .withName(TenantNames.ETCD)
                .withLabels(labels(desired))
                .endMetadata()
                .withNewSpec()
                .withServiceName(TenantNames.ETCD)
                .withReplicas(desired.hibernation().runsEtcd() ? desired.etcdMembers() : 0)
                // None is ready before the majority is, so the first of three must not be waited for.
                .withPodManagementPolicy(isOne(desired) ? null : "Parallel")
                .withNewSelector()
                .withMatchLabels(Map.of(Labels.NAME, TenantNames.ETCD))
                .endSelector()
                .withNewTemplate()
                .withNewMetadata()
                .withLabels(labels(desired))
                .withAnnotations(Map.of(Pods.CERTIFICATES, certificates))
                .endMetadata()
                .withNewSpec()
                .withServiceAccountName(TenantNames.ETCD)
                .withAutomountServiceAccountToken(false)
                .withTopologySpreadConstraints(isOne(desired) ? List.of() : List.of(Pods.spread(TenantNames.ETCD)))
                .withSecurityContext(Pods.security())
                .withInitContainers(EtcdRestoreRendering.containers(desired, options))
                .withContainers(knowingItself(
                        desired,
                        Pods.container(
                                TenantNames.ETCD,
                                image(desired, options),
                                command(desired, options),
                                // Healthy is who reads with the majority: the next member waits until this one does.
                                Pods.httpProbe("/health", METRICS_PORT),
                                Pods.requests("100m", "256Mi"),
                                List.of(
                                        Pods.writable(DATA, DATA_PLACE),
                                        Pods.pki(TenantCertificate.ETCD_SERVER),
                                        Pods.pki(TenantCertificate.ETCD_PEER),
                                        Pods.pki(ClusterTrust.ETCD)))))
                .withVolumes(volumes(desired, options))
                .endSpec()
                .endTemplate()
                .withVolumeClaimTemplates(claim())
                .endSpec()
                .build());
    }

    private static List<Volume> volumes(DesiredControlPlane desired, RenderingOptions options) {
        List<Volume> volumes = new ArrayList<>(List.of(
                Pods.secret(TenantCertificate.ETCD_SERVER, "tls.crt", "tls.key"),
                Pods.secret(TenantCertificate.ETCD_PEER, "tls.crt", "tls.key"),
                Pods.configMap(ClusterTrust.ETCD)));
        volumes.addAll(EtcdRestoreRendering.volumes(desired, options));
        return List.copyOf(volumes);
    }

    private static PersistentVolumeClaim claim() {
        return new PersistentVolumeClaimBuilder()
                .withNewMetadata()
                .withName(DATA)
                .endMetadata()
                .withNewSpec()
                .withAccessModes("ReadWriteOnce")
                .withNewResources()
                .withRequests(Map.of("storage", new Quantity(DISK)))
                .endResources()
                .endSpec()
                .build();
    }

    /** The image that has etcd and etcdctl. */
    static String image(DesiredControlPlane desired, RenderingOptions options) {
        return options.image(
                TenantNames.ETCD, MinorRow.of(desired.versions().etcd()).etcd());
    }

    /** The program of that image that reads snapshots. */
    static String snapshotTool(DesiredControlPlane desired) {
        return MinorRow.of(desired.versions().etcd()).snapshotTool();
    }

    /** A container that says its member's name in its command. */
    static Container knowingItself(DesiredControlPlane desired, Container container) {
        return isOne(desired)
                ? container
                : new ContainerBuilder(container)
                        .addNewEnv()
                        .withName(OWN_NAME)
                        .withNewValueFrom()
                        .withNewFieldRef()
                        .withFieldPath("metadata.name")
                        .endFieldRef()
                        .endValueFrom()
                        .endEnv()
                        .build();
    }

    /** The member's own name, as a command has it. */
    static String member(DesiredControlPlane desired) {
        return isOne(desired) ? FIRST_MEMBER : "$(" + OWN_NAME + ")";
    }

    private static List<String> names(DesiredControlPlane desired) {
        return IntStream.range(0, desired.etcdMembers())
                .mapToObj(number -> TenantNames.ETCD + "-" + number)
                .toList();
    }

    private static String at(DesiredControlPlane desired, String member, int port) {
        return "https://" + member + "." + host(desired) + ":" + port;
    }

    /** The addresses of each member for clients. */
    static List<String> members(DesiredControlPlane desired) {
        return names(desired).stream()
                .map(member -> at(desired, member, CLIENT_PORT))
                .toList();
    }

    /** Where something is asked that one member answers for all; of three, one that can be reached. */
    static String anyMember(DesiredControlPlane desired) {
        return isOne(desired) ? members(desired).getFirst() : url(desired);
    }

    /** Who the members are: what a restore and a start have to agree on. */
    static List<String> membership(DesiredControlPlane desired) {
        String all = names(desired).stream()
                .map(member -> member + "=" + at(desired, member, PEER_PORT))
                .collect(Collectors.joining(","));
        return List.of(
                "--initial-advertise-peer-urls=" + at(desired, member(desired), PEER_PORT), "--initial-cluster=" + all);
    }

    private static List<String> command(DesiredControlPlane desired, RenderingOptions options) {
        String authority = ClusterTrust.file(ClusterTrust.ETCD);
        List<String> command = new ArrayList<>(List.of(
                "etcd",
                "--name=" + member(desired),
                "--data-dir=" + DATA_DIRECTORY,
                "--listen-client-urls=https://0.0.0.0:" + CLIENT_PORT,
                "--advertise-client-urls=" + at(desired, member(desired), CLIENT_PORT),
                "--listen-peer-urls=https://0.0.0.0:" + PEER_PORT));
        command.addAll(membership(desired));
        command.addAll(List.of(
                "--client-cert-auth=true",
                "--trusted-ca-file=" + authority,
                "--cert-file=/pki/" + TenantCertificate.ETCD_SERVER + "/tls.crt",
                "--key-file=/pki/" + TenantCertificate.ETCD_SERVER + "/tls.key",
                "--peer-client-cert-auth=true",
                "--peer-trusted-ca-file=" + authority,
                "--peer-cert-file=/pki/" + TenantCertificate.ETCD_PEER + "/tls.crt",
                "--peer-key-file=/pki/" + TenantCertificate.ETCD_PEER + "/tls.key",
                "--listen-metrics-urls=http://0.0.0.0:" + METRICS_PORT,
                "--snapshot-count=10000"));
        options.upkeep().ifPresent(upkeep -> command.add("--quota-backend-bytes=" + upkeep.quotaBytes()));
        return List.copyOf(command);
    }
}
