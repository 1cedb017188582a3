package aether.reconcile.controlplane;

import aether.domain.cluster.CertificateAuthority;
import aether.domain.cluster.OidcSettings;
import aether.reconcile.certificates.TenantCertificate;
import aether.reconcile.kube.TenantAccess;
import aether.reconcile.render.EtcdUpkeep;
import aether.reconcile.render.Labels;
import aether.reconcile.render.NamespaceRendering;
import aether.reconcile.render.Rendered;
import aether.reconcile.render.RenderingOptions;
import aether.reconcile.render.TenantNames;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Renders a tenant's control plane; pure. */
public final class ControlPlaneRendering {

    private final RenderingOptions options;

    /** Renders for a site. */
    public ControlPlaneRendering(RenderingOptions options) {
        this.options = options;
    }

    /** Why the site does not take these objects. */
    Optional<String> refusal(List<Rendered> objects) {
        return options.images().refusal(objects);
    }

    /** Whether there is a store that snapshots are kept in. */
    boolean hasStore() {
        return options.upkeep().flatMap(EtcdUpkeep::store).isPresent();
    }

    /** The snapshot that is taken before an upgrade or a hibernation, where there is one. */
    Optional<SnapshotBefore> snapshotBefore(DesiredControlPlane desired) {
        return SnapshotBefore.of(desired, options);
    }

    /**
     * The objects, in the order in which they build upon one another.
     *
     * @param certificates the hash of each certificate, by name, and of the keys for Secrets at rest
     * @param trust the certificates of each CA that are trusted
     * @param access how to be administrator, once the address is known
     * @param encryption what the API server is to read of the keys for Secrets at rest; looked at while there are two
     */
    public List<Rendered> of(
            DesiredControlPlane desired,
            Map<String, String> certificates,
            TrustBundles trust,
            Optional<TenantAccess> access,
            String encryption) {
        List<Rendered> objects = new ArrayList<>(servers(desired, certificates, trust, encryption));
        access.ifPresent(known -> objects.addAll(kubeconfigs(desired, known)));
        return List.copyOf(objects);
    }

    /** All of them but what says how to be administrator, which is known last. */
    List<Rendered> servers(
            DesiredControlPlane desired, Map<String, String> certificates, TrustBundles trust, String encryption) {
        List<Rendered> objects = new ArrayList<>();
        objects.add(NamespaceRendering.of(desired.organizationId(), desired.clusterId()));
        objects.addAll(IsolationRendering.of(desired, options));
        objects.addAll(ClusterTrust.render(desired, trust));
        objects.addAll(EtcdRendering.of(
                desired,
                options,
                hash(
                        certificates,
                        Map.of(ClusterTrust.ETCD, trust.etcd()),
                        TenantCertificate.ETCD_SERVER,
                        TenantCertificate.ETCD_PEER)));
        objects.addAll(EtcdUpkeepRendering.of(desired, options));
        objects.add(ApiServerRendering.service(desired, options));
        KonnectivityRendering.configuration(desired, options).ifPresent(objects::add);
        ApiServerRendering.authentication(desired).ifPresent(objects::add);
        OidcRendering.authority(desired).ifPresent(objects::add);
        objects.add(AuditPolicyRendering.of(desired));
        EncryptionKeys.both(desired, encryption).ifPresent(objects::add);
        // The API server starts without a certificate of its public name, and takes it by a rolling restart.
        boolean named = certificates.containsKey(TenantNames.PUBLIC_NAME);
        objects.addAll(ApiServerRendering.deployment(
                desired,
                options,
                withOidc(
                        desired,
                        hash(
                                certificates,
                                Map.of(
                                        ClusterTrust.NAME, trust.cluster(),
                                        ClusterTrust.ETCD, trust.etcd(),
                                        ClusterTrust.FRONT_PROXY, trust.frontProxy()),
                                ofApiServer(desired, options, named))),
                named));
        Map<String, String> clusterTrust = Map.of(ClusterTrust.NAME, trust.cluster());
        objects.add(ControllersRendering.kubeconfigs(desired));
        objects.add(ControllersRendering.controllerManager(
                desired,
                options,
                hash(
                        certificates,
                        clusterTrust,
                        CertificateAuthority.CLUSTER.certificate(
                                desired.authorities().cluster().signsClients()),
                        TenantCertificate.CONTROLLER_MANAGER,
                        TenantCertificate.serviceAccount(
                                desired.keys().serviceAccount().inUse()))));
        objects.add(ControllersRendering.scheduler(
                desired, options, hash(certificates, clusterTrust, TenantCertificate.SCHEDULER)));
        return List.copyOf(objects);
    }

    /** What says how to be administrator. */
    static List<Rendered> kubeconfigs(DesiredControlPlane desired, TenantAccess access) {
        Rendered own = adminKubeconfig(desired, access);
        return clusterApiName(desired).equals(TenantNames.ADMIN_KUBECONFIG) // a cluster may be named "admin"
                ? List.of(own)
                : List.of(own, clusterApiKubeconfig(desired, access));
    }

    private static String[] ofApiServer(DesiredControlPlane desired, RenderingOptions options, boolean named) {
        return Stream.of(
                        KonnectivityRendering.certificates(desired, options).stream(),
                        Stream.of(
                                TenantCertificate.APISERVER,
                                TenantCertificate.APISERVER_KUBELET_CLIENT,
                                TenantCertificate.APISERVER_ETCD_CLIENT,
                                TenantCertificate.FRONT_PROXY_CLIENT,
                                EncryptionKeys.NAME,
                                named ? TenantNames.PUBLIC_NAME : ""),
                        desired.keys().serviceAccount().accepted().stream().map(TenantCertificate::serviceAccount))
                .flatMap(names -> names)
                .toArray(String[]::new);
    }

    /** What is told by a mounted file is read at start, as certificates are. */
    private static String withOidc(DesiredControlPlane desired, String hash) {
        OidcSettings oidc = desired.settings().oidc();
        return oidc.hasIssuer() ? Rendered.sha256(hash + oidc) : hash;
    }

    /** Of all that is mounted and read once only, at start. */
    private static String hash(Map<String, String> certificates, Map<String, String> trust, String... names) {
        Map<String, String> mounted = new TreeMap<>(trust);
        for (String name : names) {
            if (!name.isEmpty()) {
                mounted.put(name, certificates.getOrDefault(name, ""));
            }
        }
        return Rendered.sha256(mounted.toString());
    }

    private static String kubeconfig(DesiredControlPlane desired, TenantAccess access) {
        return base64(Kubeconfigs.withData(
                desired.name(),
                access.address(),
                base64(access.authority()),
                base64(access.certificate()),
                base64(access.key())));
    }

    private static String clusterApiName(DesiredControlPlane desired) {
        return desired.name() + "-kubeconfig";
    }

    /**
     * The same where tools of Cluster API look for it. Source: Cluster API book, "Cluster bootstrap and kubeconfig
     * secret": name, type, label and key are the contract.
     */
    private static Rendered clusterApiKubeconfig(DesiredControlPlane desired, TenantAccess access) {
        Map<String, String> labels = new TreeMap<>(Labels.of(desired.organizationId(), desired.clusterId()));
        labels.put("cluster.x-k8s.io/cluster-name", desired.name());
        return Rendered.of(new SecretBuilder()
                .withNewMetadata()
                .withNamespace(TenantNames.namespace(desired.clusterId()))
                .withName(clusterApiName(desired))
                .withLabels(labels)
                .endMetadata()
                .withType("cluster.x-k8s.io/secret")
                .addToData(TenantNames.KUBECONFIG_KEY, kubeconfig(desired, access))
                .build());
    }

    private static Rendered adminKubeconfig(DesiredControlPlane desired, TenantAccess access) {
        return Rendered.of(new SecretBuilder()
                .withNewMetadata()
                .withNamespace(TenantNames.namespace(desired.clusterId()))
                .withName(TenantNames.ADMIN_KUBECONFIG)
                .withLabels(Labels.of(desired.organizationId(), desired.clusterId()))
                .endMetadata()
                .withType("Opaque")
                .addToData(TenantNames.KUBECONFIG_KEY, kubeconfig(desired, access))
                .build());
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
