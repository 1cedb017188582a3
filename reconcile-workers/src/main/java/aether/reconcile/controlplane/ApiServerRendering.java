package aether.reconcile.controlplane;

import aether.domain.cluster.KeyRotation;
import aether.reconcile.certificates.TenantCertificate;
import aether.reconcile.render.Labels;
import aether.reconcile.render.Pods;
import aether.reconcile.render.Rendered;
import aether.reconcile.render.RenderingOptions;
import aether.reconcile.render.TenantNames;
import aether.reconcile.render.TenantNetwork;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.fabric8.kubernetes.api.model.ServicePortBuilder;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeMount;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The tenant's kube-apiserver and its Service. */
final class ApiServerRendering {

    /** Inside the management cluster; what clients dial is the load balancer's port. */
    static final int PORT = 6443;

    /** How requests are told apart; for minors that are told by a file. */
    private static final String AUTHENTICATION = "kube-apiserver-authentication";

    private static final String AUTHENTICATION_FILE = "authentication.yaml";
    private static final String AUTHENTICATION_PLACE = "/etc/kubernetes/authentication";

    private ApiServerRendering() {}

    /**
     * Anybody may ask whether it is well, or the kubelet's probe could not; everything else needs a name.
     *
     * @return empty for minors that know no such file
     */
    static Optional<Rendered> authentication(DesiredControlPlane desired) {
        if (!MinorRow.of(desired.versions().apiServers()).openHealth()) {
            return Optional.empty();
        }
        return Optional.of(Rendered.of(new ConfigMapBuilder()
                .withNewMetadata()
                .withNamespace(TenantNames.namespace(desired.clusterId()))
                .withName(AUTHENTICATION)
                .withLabels(Labels.of(desired.organizationId(), desired.clusterId()))
                .endMetadata()
                .addToData(AUTHENTICATION_FILE, """
                        apiVersion: apiserver.config.k8s.io/v1beta1
                        kind: AuthenticationConfiguration
                        anonymous:
                          enabled: true
                          conditions:
                          - path: /livez
                          - path: /readyz
                        """ + OidcRendering.inFile(desired))
                .build()));
    }

    static Rendered service(DesiredControlPlane desired, RenderingOptions options) {
        Service service = new ServiceBuilder()
                .withNewMetadata()
                .withNamespace(TenantNames.namespace(desired.clusterId()))
                .withName(TenantNames.API_SERVICE)
                .withLabels(Labels.of(desired.organizationId(), desired.clusterId(), TenantNames.API_SERVICE))
                .endMetadata()
                .withNewSpec()
                .withSelector(Map.of(Labels.NAME, TenantNames.API_SERVICE))
                .addNewPort()
                .withName("https")
                .withProtocol("TCP") // part of the key: servers before 1.21 refuse to apply without it
                .withPort(PORT)
                .withTargetPort(new IntOrString(PORT))
                .endPort()
                .endSpec()
                .build();
        if (KonnectivityRendering.isThere(desired, options)) {
            service.getSpec()
                    .getPorts()
                    .add(new ServicePortBuilder()
                            .withName("konnectivity")
                            .withProtocol("TCP")
                            .withPort(Konnectivity.AGENT_PORT)
                            .withTargetPort(new IntOrString(Konnectivity.AGENT_PORT))
                            .build());
        }
        return Rendered.of(service);
    }

    /**
     * The Deployment, and what keeps its pods apart.
     *
     * @param certificates the hash of what it mounts
     * @param named whether it has a certificate of its public name
     */
    static List<Rendered> deployment(
            DesiredControlPlane desired, RenderingOptions options, String certificates, boolean named) {
        boolean openHealth = MinorRow.of(desired.versions().apiServers()).openHealth();
        List<VolumeMount> mounts = new ArrayList<>(List.of(
                Pods.pki(ClusterTrust.NAME),
                Pods.pki(TenantCertificate.APISERVER),
                Pods.pki(TenantCertificate.APISERVER_KUBELET_CLIENT),
                Pods.pki(ClusterTrust.ETCD),
                Pods.pki(TenantCertificate.APISERVER_ETCD_CLIENT),
                Pods.pki(ClusterTrust.FRONT_PROXY),
                Pods.pki(TenantCertificate.FRONT_PROXY_CLIENT),
                Pods.readOnly(EncryptionKeys.mounted(desired), EncryptionKeys.PLACE),
                Pods.readOnly(AuditPolicyRendering.NAME, AuditPolicyRendering.PLACE)));
        List<Volume> volumes = new ArrayList<>(List.of(
                Pods.configMap(ClusterTrust.NAME),
                Pods.secret(TenantCertificate.APISERVER, "tls.crt", "tls.key"),
                Pods.secret(TenantCertificate.APISERVER_KUBELET_CLIENT, "tls.crt", "tls.key"),
                Pods.configMap(ClusterTrust.ETCD),
                Pods.secret(TenantCertificate.APISERVER_ETCD_CLIENT, "tls.crt", "tls.key"),
                Pods.configMap(ClusterTrust.FRONT_PROXY),
                Pods.secret(TenantCertificate.FRONT_PROXY_CLIENT, "tls.crt", "tls.key"),
                Pods.secret(EncryptionKeys.mounted(desired), EncryptionKeys.FILE),
                Pods.configMap(AuditPolicyRendering.NAME)));
        KeyRotation tokens = desired.keys().serviceAccount();
        for (int generation : tokens.accepted()) {
            String pair = TenantCertificate.serviceAccount(generation);
            mounts.add(Pods.pki(pair));
            volumes.add(
                    generation == tokens.inUse()
                            ? Pods.secret(pair, "tls.crt", "tls.key")
                            : Pods.secret(pair, "tls.crt"));
        }
        if (openHealth) {
            mounts.add(Pods.readOnly(AUTHENTICATION, AUTHENTICATION_PLACE));
            volumes.add(Pods.configMap(AUTHENTICATION));
        }
        if (OidcRendering.hasAuthority(desired)) {
            mounts.add(Pods.pki(OidcRendering.AUTHORITY));
            volumes.add(Pods.configMap(OidcRendering.AUTHORITY));
        }
        if (named) {
            mounts.add(Pods.pki(TenantNames.PUBLIC_NAME));
            volumes.add(Pods.secret(TenantNames.PUBLIC_NAME, "tls.crt", "tls.key"));
        }
        mounts.addAll(KonnectivityRendering.mounts(desired, options));
        volumes.addAll(KonnectivityRendering.volumes(desired, options));
        List<Container> containers = new ArrayList<>();
        containers.add(Pods.container(
                TenantNames.API_SERVICE,
                options.image(TenantNames.API_SERVICE, "v" + desired.versions().apiServers()),
                command(desired, options, named),
                // Without a name nobody gets an answer before 1.32, so all to be seen is an open port.
                openHealth ? Pods.httpsProbe("/readyz", PORT) : Pods.tcpProbe(PORT),
                Pods.requests("250m", "512Mi"),
                mounts));
        KonnectivityRendering.container(desired, options).ifPresent(containers::add);
        Workload workload = new Workload(
                TenantNames.API_SERVICE,
                options.apiServers(),
                containers,
                volumes,
                options.apiServerAnnotations(),
                certificates);
        return Stream.concat(
                        workload.budget(desired).stream(),
                        Stream.of(workload.render(desired, desired.hibernation().runsApi())))
                .toList();
    }

    private static List<String> command(DesiredControlPlane desired, RenderingOptions options, boolean named) {
        String issuer = "https://kubernetes.default.svc.cluster.local";
        List<String> command = new ArrayList<>(List.of(
                "kube-apiserver",
                "--advertise-address=" + desired.endpoint().orElseThrow().host(),
                "--secure-port=" + PORT,
                "--allow-privileged=true",
                MinorRow.of(desired.versions().apiServers()).openHealth()
                        ? "--authentication-config=" + AUTHENTICATION_PLACE + "/" + AUTHENTICATION_FILE
                        : "--anonymous-auth=false",
                "--authorization-mode=Node,RBAC",
                "--enable-admission-plugins=NodeRestriction",
                "--enable-bootstrap-token-auth=true",
                "--client-ca-file=" + ClusterTrust.file(),
                "--tls-cert-file=" + certificate(TenantCertificate.APISERVER),
                "--tls-private-key-file=" + key(TenantCertificate.APISERVER),
                "--tls-min-version=VersionTLS12",
                "--kubelet-client-certificate=" + certificate(TenantCertificate.APISERVER_KUBELET_CLIENT),
                "--kubelet-client-key=" + key(TenantCertificate.APISERVER_KUBELET_CLIENT),
                "--kubelet-preferred-address-types=InternalIP,ExternalIP,Hostname",
                "--etcd-servers=" + EtcdRendering.urls(desired),
                "--etcd-cafile=" + ClusterTrust.file(ClusterTrust.ETCD),
                "--etcd-certfile=" + certificate(TenantCertificate.APISERVER_ETCD_CLIENT),
                "--etcd-keyfile=" + key(TenantCertificate.APISERVER_ETCD_CLIENT),
                "--requestheader-client-ca-file=" + ClusterTrust.file(ClusterTrust.FRONT_PROXY),
                "--requestheader-allowed-names=front-proxy-client",
                "--requestheader-extra-headers-prefix=X-Remote-Extra-",
                "--requestheader-group-headers=X-Remote-Group",
                "--requestheader-username-headers=X-Remote-User",
                "--proxy-client-cert-file=" + certificate(TenantCertificate.FRONT_PROXY_CLIENT),
                "--proxy-client-key-file=" + key(TenantCertificate.FRONT_PROXY_CLIENT),
                "--service-account-issuer=" + issuer,
                "--service-account-signing-key-file="
                        + key(TenantCertificate.serviceAccount(
                                desired.keys().serviceAccount().inUse())),
                "--service-cluster-ip-range=" + TenantNetwork.SERVICES,
                EncryptionKeys.flag(),
                "--profiling=false"));
        for (int generation : desired.keys().serviceAccount().accepted()) {
            command.add("--service-account-key-file=" + certificate(TenantCertificate.serviceAccount(generation)));
        }
        command.addAll(AuditPolicyRendering.flags());
        if (named) {
            // To whoever asks for this name, and to nobody else: nodes and kubeconfigs trust the cluster CA alone.
            command.add("--tls-sni-cert-key=" + certificate(TenantNames.PUBLIC_NAME) + ","
                    + key(TenantNames.PUBLIC_NAME) + ":" + desired.publicName());
        }
        command.addAll(OidcRendering.flags(desired));
        command.addAll(KonnectivityRendering.flags(desired, options));
        command.addAll(desired.settings().extraArgs().apiServer());
        return List.copyOf(command);
    }

    private static String certificate(String name) {
        return "/pki/" + name + "/tls.crt";
    }

    private static String key(String name) {
        return "/pki/" + name + "/tls.key";
    }
}
