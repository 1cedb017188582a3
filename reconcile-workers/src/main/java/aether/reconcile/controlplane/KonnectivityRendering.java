package aether.reconcile.controlplane;

import aether.reconcile.certificates.TenantCertificate;
import aether.reconcile.render.Labels;
import aether.reconcile.render.Pods;
import aether.reconcile.render.Rendered;
import aether.reconcile.render.RenderingOptions;
import aether.reconcile.render.TenantNames;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeMount;
import java.util.List;
import java.util.Optional;

/**
 * The server of the tunnels, in the pod of each API server: the two speak over a socket in a volume that nobody else
 * has. The API server dials it for each connection, so neither has to be begun before the other; and it is healthy
 * before any agent has come, or a tenant without nodes would never serve.
 */
final class KonnectivityRendering {

    private static final String NAME = "konnectivity-server";
    private static final String CONFIGURATION = "konnectivity";
    private static final String PLACE = "/etc/kubernetes/konnectivity";
    private static final String EGRESS = "egress-selector.yaml";
    private static final String KUBECONFIG = "kubeconfig";
    private static final String SOCKETS = "konnectivity-socket";
    private static final String SOCKETS_PLACE = "/run/konnectivity";
    private static final String SOCKET = SOCKETS_PLACE + "/server.socket";
    private static final int ADMIN_PORT = 8133;
    private static final int HEALTH_PORT = 8134;

    private KonnectivityRendering() {}

    private static Optional<String> tag(DesiredControlPlane desired, RenderingOptions options) {
        return Konnectivity.tag(desired.versions().apiServers(), options);
    }

    static boolean isThere(DesiredControlPlane desired, RenderingOptions options) {
        return tag(desired, options).isPresent();
    }

    /**
     * How the API server finds the socket, and the server the API; no secret, because keys are named by their files.
     */
    static Optional<Rendered> configuration(DesiredControlPlane desired, RenderingOptions options) {
        return tag(desired, options)
                .map(unused -> Rendered.of(new ConfigMapBuilder()
                        .withNewMetadata()
                        .withNamespace(TenantNames.namespace(desired.clusterId()))
                        .withName(CONFIGURATION)
                        .withLabels(Labels.of(desired.organizationId(), desired.clusterId()))
                        .endMetadata()
                        .addToData(EGRESS, """
                        apiVersion: apiserver.k8s.io/v1beta1
                        kind: EgressSelectorConfiguration
                        egressSelections:
                        - name: cluster
                          connection:
                            proxyProtocol: GRPC
                            transport:
                              uds:
                                udsName: %s
                        """.formatted(SOCKET))
                        .addToData(KUBECONFIG, Kubeconfigs.besideTheApi(TenantCertificate.KONNECTIVITY_CLIENT))
                        .build()));
    }

    /** What the API server is told. */
    static List<String> flags(DesiredControlPlane desired, RenderingOptions options) {
        return isThere(desired, options) ? List.of("--egress-selector-config-file=" + PLACE + "/" + EGRESS) : List.of();
    }

    /** What the API server mounts for it. */
    static List<VolumeMount> mounts(DesiredControlPlane desired, RenderingOptions options) {
        return isThere(desired, options)
                ? List.of(Pods.readOnly(CONFIGURATION, PLACE), Pods.writable(SOCKETS, SOCKETS_PLACE))
                : List.of();
    }

    /** What the pod has for it, beside what the API server has anyway. */
    static List<Volume> volumes(DesiredControlPlane desired, RenderingOptions options) {
        return isThere(desired, options)
                ? List.of(
                        Pods.configMap(CONFIGURATION),
                        Pods.scratch(SOCKETS),
                        Pods.secret(TenantCertificate.KONNECTIVITY_SERVER, "tls.crt", "tls.key"),
                        Pods.secret(TenantCertificate.KONNECTIVITY_CLIENT, "tls.crt", "tls.key"))
                : List.of();
    }

    /** What of the pod changes with a certificate, so that it is begun anew. */
    static List<String> certificates(DesiredControlPlane desired, RenderingOptions options) {
        return isThere(desired, options)
                ? List.of(TenantCertificate.KONNECTIVITY_SERVER, TenantCertificate.KONNECTIVITY_CLIENT)
                : List.of();
    }

    static Optional<Container> container(DesiredControlPlane desired, RenderingOptions options) {
        return tag(desired, options)
                .map(tag -> Pods.container(
                        NAME,
                        options.image("kas-network-proxy/proxy-server", tag),
                        command(options),
                        Pods.httpProbe("/healthz", HEALTH_PORT),
                        Pods.requests("50m", "64Mi"),
                        List.of(
                                Pods.readOnly(CONFIGURATION, PLACE),
                                Pods.writable(SOCKETS, SOCKETS_PLACE),
                                Pods.pki(ClusterTrust.NAME),
                                Pods.pki(TenantCertificate.KONNECTIVITY_SERVER),
                                Pods.pki(TenantCertificate.KONNECTIVITY_CLIENT))));
    }

    private static List<String> command(RenderingOptions options) {
        return List.of(
                "/proxy-server",
                "--mode=grpc",
                "--uds-name=" + SOCKET,
                "--delete-existing-uds-file=true",
                "--server-port=0",
                "--agent-port=" + Konnectivity.AGENT_PORT,
                "--admin-port=" + ADMIN_PORT,
                "--health-port=" + HEALTH_PORT,
                "--cluster-cert=/pki/" + TenantCertificate.KONNECTIVITY_SERVER + "/tls.crt",
                "--cluster-key=/pki/" + TenantCertificate.KONNECTIVITY_SERVER + "/tls.key",
                "--kubeconfig=" + PLACE + "/" + KUBECONFIG,
                "--agent-namespace=" + Konnectivity.AGENT_NAMESPACE,
                "--agent-service-account=" + Konnectivity.AGENT,
                "--authentication-audience=" + Konnectivity.AUDIENCE,
                // An agent goes on dialling the endpoint until it has met so many different servers behind it.
                "--server-count=" + options.apiServers(),
                // A kubelet is reached by the agent of its own node, everything else by any.
                "--proxy-strategies=destHost,default");
    }
}
