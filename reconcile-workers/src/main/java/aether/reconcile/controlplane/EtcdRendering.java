package aether.reconcile.controlplane;

import aether.reconcile.certificates.TenantCertificate;
import aether.reconcile.render.Labels;
import aether.reconcile.render.Pods;
import aether.reconcile.render.Rendered;
import aether.reconcile.render.RenderingOptions;
import aether.reconcile.render.TenantNames;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaimBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.fabric8.kubernetes.api.model.apps.StatefulSetBuilder;
import java.util.List;
import java.util.Map;

/** The tenant's own etcd: one member, TLS everywhere. */
final class EtcdRendering {

    static final int CLIENT_PORT = 2379;
    static final int PEER_PORT = 2380;
    private static final String DATA = "data";
    /** etcd's own default quota is 2 GiB; the rest is room for defragmentation and snapshots. */
    private static final String DISK = "8Gi";

    private EtcdRendering() {}

    /** The address that the API server dials. */
    static String url(DesiredControlPlane desired) {
        return "https://" + host(desired) + ":" + CLIENT_PORT;
    }

    static List<Rendered> of(DesiredControlPlane desired, RenderingOptions options, String certificates) {
        return List.of(service(desired), statefulSet(desired, options, certificates));
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
                .withReplicas(1)
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
                .withSecurityContext(Pods.security())
                .withContainers(Pods.container(
                        TenantNames.ETCD,
                        options.image(
                                TenantNames.ETCD, MinorRow.of(desired.version()).etcd()),
                        command(desired),
                        Pods.tcpProbe(CLIENT_PORT),
                        Pods.requests("100m", "256Mi"),
                        List.of(
                                Pods.writable(DATA, "/var/lib/etcd"),
                                Pods.pki(TenantCertificate.ETCD_SERVER),
                                Pods.pki(TenantCertificate.ETCD_PEER),
                                Pods.pki(TenantCertificate.ETCD_CA))))
                .withVolumes(
                        Pods.secret(TenantCertificate.ETCD_SERVER, "tls.crt", "tls.key"),
                        Pods.secret(TenantCertificate.ETCD_PEER, "tls.crt", "tls.key"),
                        Pods.secret(TenantCertificate.ETCD_CA, "tls.crt"))
                .endSpec()
                .endTemplate()
                .withVolumeClaimTemplates(claim())
                .endSpec()
                .build());
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

    private static List<String> command(DesiredControlPlane desired) {
        String member = TenantNames.ETCD + "-0";
        String peer = "https://" + member + "." + host(desired) + ":" + PEER_PORT;
        String authority = "/pki/" + TenantCertificate.ETCD_CA + "/tls.crt";
        return List.of(
                "etcd",
                "--name=" + member,
                "--data-dir=/var/lib/etcd/data",
                "--listen-client-urls=https://0.0.0.0:" + CLIENT_PORT,
                "--advertise-client-urls=https://" + member + "." + host(desired) + ":" + CLIENT_PORT,
                "--listen-peer-urls=https://0.0.0.0:" + PEER_PORT,
                "--initial-advertise-peer-urls=" + peer,
                "--initial-cluster=" + member + "=" + peer,
                "--client-cert-auth=true",
                "--trusted-ca-file=" + authority,
                "--cert-file=/pki/" + TenantCertificate.ETCD_SERVER + "/tls.crt",
                "--key-file=/pki/" + TenantCertificate.ETCD_SERVER + "/tls.key",
                "--peer-client-cert-auth=true",
                "--peer-trusted-ca-file=" + authority,
                "--peer-cert-file=/pki/" + TenantCertificate.ETCD_PEER + "/tls.crt",
                "--peer-key-file=/pki/" + TenantCertificate.ETCD_PEER + "/tls.key",
                "--snapshot-count=10000");
    }
}
