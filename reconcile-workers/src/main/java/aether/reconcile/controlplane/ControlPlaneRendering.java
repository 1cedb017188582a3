package aether.reconcile.controlplane;

import aether.reconcile.certificates.TenantCertificate;
import aether.reconcile.kube.TenantAccess;
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

/** Renders a tenant's control plane; pure. */
public final class ControlPlaneRendering {

    private final RenderingOptions options;

    /** Renders for a site. */
    public ControlPlaneRendering(RenderingOptions options) {
        this.options = options;
    }

    /**
     * The objects, in the order in which they build upon one another.
     *
     * @param certificates the hash of each certificate, by name, and of the keys for Secrets at rest
     * @param trust the certificates of the cluster CA that are trusted, in PEM
     * @param access how to be administrator, once the address is known
     */
    public List<Rendered> of(
            DesiredControlPlane desired,
            Map<String, String> certificates,
            String trust,
            Optional<TenantAccess> access) {
        List<Rendered> objects = new ArrayList<>();
        objects.add(NamespaceRendering.of(desired.organizationId(), desired.clusterId()));
        objects.addAll(IsolationRendering.of(desired, options));
        objects.add(ClusterTrust.render(desired, trust));
        objects.addAll(EtcdRendering.of(
                desired,
                options,
                hash(
                        certificates,
                        "",
                        TenantCertificate.ETCD_CA,
                        TenantCertificate.ETCD_SERVER,
                        TenantCertificate.ETCD_PEER)));
        objects.addAll(EtcdUpkeepRendering.of(desired, options));
        objects.add(ApiServerRendering.service(desired));
        ApiServerRendering.authentication(desired).ifPresent(objects::add);
        objects.add(AuditPolicyRendering.of(desired));
        // The API server starts without it, and takes it by a rolling restart once it is there.
        boolean named = certificates.containsKey(TenantNames.PUBLIC_NAME);
        objects.addAll(ApiServerRendering.deployment(
                desired,
                options,
                hash(
                        certificates,
                        trust,
                        TenantCertificate.ETCD_CA,
                        TenantCertificate.FRONT_PROXY_CA,
                        TenantCertificate.APISERVER,
                        TenantCertificate.APISERVER_KUBELET_CLIENT,
                        TenantCertificate.APISERVER_ETCD_CLIENT,
                        TenantCertificate.FRONT_PROXY_CLIENT,
                        TenantCertificate.SERVICE_ACCOUNT,
                        EncryptionKeys.NAME,
                        named ? TenantNames.PUBLIC_NAME : ""),
                named));
        objects.add(ControllersRendering.kubeconfigs(desired));
        objects.add(ControllersRendering.controllerManager(
                desired,
                options,
                hash(
                        certificates,
                        trust,
                        TenantCertificate.clusterAuthority(desired.authority().signsClients()),
                        TenantCertificate.CONTROLLER_MANAGER,
                        TenantCertificate.SERVICE_ACCOUNT)));
        objects.add(ControllersRendering.scheduler(
                desired, options, hash(certificates, trust, TenantCertificate.SCHEDULER)));
        access.ifPresent(known -> objects.add(adminKubeconfig(desired, known)));
        return List.copyOf(objects);
    }

    /** Of all that is mounted and read once only, at start. */
    private static String hash(Map<String, String> certificates, String trust, String... names) {
        Map<String, String> mounted = new TreeMap<>();
        if (!trust.isEmpty()) {
            mounted.put(ClusterTrust.NAME, trust);
        }
        for (String name : names) {
            if (!name.isEmpty()) {
                mounted.put(name, certificates.getOrDefault(name, ""));
            }
        }
        return Rendered.sha256(mounted.toString());
    }

    private static Rendered adminKubeconfig(DesiredControlPlane desired, TenantAccess access) {
        String kubeconfig = Kubeconfigs.withData(
                desired.name(),
                access.address(),
                base64(access.authority()),
                base64(access.certificate()),
                base64(access.key()));
        return Rendered.of(new SecretBuilder()
                .withNewMetadata()
                .withNamespace(TenantNames.namespace(desired.clusterId()))
                .withName(TenantNames.ADMIN_KUBECONFIG)
                .withLabels(Labels.of(desired.organizationId(), desired.clusterId()))
                .endMetadata()
                .withType("Opaque")
                .addToData(TenantNames.KUBECONFIG_KEY, base64(kubeconfig))
                .build());
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
