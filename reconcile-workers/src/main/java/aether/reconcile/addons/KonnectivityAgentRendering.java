package aether.reconcile.addons;

import aether.reconcile.controlplane.Konnectivity;
import aether.reconcile.render.Labels;
import aether.reconcile.render.Pods;
import aether.reconcile.render.Rendered;
import aether.reconcile.render.RenderingOptions;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.ServiceAccountBuilder;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeBuilder;
import io.fabric8.kubernetes.api.model.apps.DaemonSetBuilder;
import io.fabric8.kubernetes.api.model.rbac.ClusterRoleBindingBuilder;
import java.util.List;
import java.util.Map;

/**
 * One agent on each node. It dials the endpoint, shows a token that is good for nothing else, and lets the control
 * plane's connections out where it stands. In the node's own network, so that logs of a network plugin that does not
 * come up can be read.
 */
final class KonnectivityAgentRendering {

    private static final String NAME = Konnectivity.AGENT;
    private static final String NAMESPACE = Konnectivity.AGENT_NAMESPACE;
    private static final String IDENTITY = "identity";
    private static final String IDENTITY_PLACE = "/var/run/konnectivity";
    private static final int ADMIN_PORT = 8133;
    private static final int HEALTH_PORT = 8134;
    /** The kubelet asks for another one in time. */
    private static final long TOKEN_SECONDS = 3_600;

    private static final Map<String, String> SELECTOR = Map.of("k8s-app", NAME);

    private KonnectivityAgentRendering() {}

    /** Account, what the server may ask about tokens, and the agents; nothing where there is no server. */
    static List<Rendered> of(DesiredAddons desired, RenderingOptions options) {
        Map<String, String> labels = Labels.of(desired.organizationId(), desired.clusterId(), NAME);
        return Konnectivity.tag(desired.version(), options)
                .map(tag -> List.of(
                        Rendered.of(new ServiceAccountBuilder()
                                .withNewMetadata()
                                .withNamespace(NAMESPACE)
                                .withName(NAME)
                                .withLabels(labels)
                                .endMetadata()
                                .withAutomountServiceAccountToken(false)
                                .build()),
                        Rendered.of(new ClusterRoleBindingBuilder()
                                .withNewMetadata()
                                .withName("aether:konnectivity-server")
                                .withLabels(labels)
                                .endMetadata()
                                .withNewRoleRef("rbac.authorization.k8s.io", "ClusterRole", "system:auth-delegator")
                                .addNewSubject("rbac.authorization.k8s.io", "User", Konnectivity.SERVER_USER, null)
                                .build()),
                        daemonSet(labels, desired, options.image("kas-network-proxy/proxy-agent", tag))))
                .orElse(List.of());
    }

    private static Rendered daemonSet(Map<String, String> labels, DesiredAddons desired, String image) {
        return Rendered.of(new DaemonSetBuilder()
                .withNewMetadata()
                .withNamespace(NAMESPACE)
                .withName(NAME)
                .withLabels(labels)
                .endMetadata()
                .withNewSpec()
                .withNewSelector()
                .withMatchLabels(SELECTOR)
                .endSelector()
                .withNewTemplate()
                .withNewMetadata()
                .withLabels(labels)
                .addToLabels(SELECTOR)
                .endMetadata()
                .withNewSpec()
                .withServiceAccountName(NAME)
                .withAutomountServiceAccountToken(false)
                .withPriorityClassName("system-node-critical")
                .withHostNetwork(true)
                .withSecurityContext(Pods.security())
                .addNewToleration()
                .withOperator("Exists")
                .endToleration()
                .withContainers(container(desired, image))
                .withVolumes(identity())
                .endSpec()
                .endTemplate()
                .endSpec()
                .build());
    }

    private static Container container(DesiredAddons desired, String image) {
        int colon = desired.endpoint().lastIndexOf(':');
        List<String> command = List.of(
                "/proxy-agent",
                "--proxy-server-host=" + desired.endpoint().substring(0, colon),
                "--proxy-server-port=" + Konnectivity.AGENT_PORT,
                "--ca-cert=" + IDENTITY_PLACE + "/ca.crt",
                "--service-account-token-path=" + IDENTITY_PLACE + "/token",
                "--agent-identifiers=ipv4=$(NODE_ADDRESS)",
                "--admin-server-port=" + ADMIN_PORT,
                "--health-server-port=" + HEALTH_PORT);
        return new ContainerBuilder(Pods.container(
                        NAME,
                        image,
                        command,
                        Pods.httpProbe("/readyz", HEALTH_PORT),
                        Pods.requests("20m", "32Mi"),
                        List.of(Pods.readOnly(IDENTITY, IDENTITY_PLACE))))
                .addNewEnv()
                .withName("NODE_ADDRESS")
                .withNewValueFrom()
                .withNewFieldRef()
                .withFieldPath("status.hostIP")
                .endFieldRef()
                .endValueFrom()
                .endEnv()
                .build();
    }

    /** Who it is, and whom it trusts: what every namespace is told of the cluster CA, both during a rotation. */
    private static Volume identity() {
        return new VolumeBuilder()
                .withName(IDENTITY)
                .withNewProjected()
                .addNewSource()
                .withNewServiceAccountToken()
                .withAudience(Konnectivity.AUDIENCE)
                .withExpirationSeconds(TOKEN_SECONDS)
                .withPath("token")
                .endServiceAccountToken()
                .endSource()
                .addNewSource()
                .withNewConfigMap()
                .withName("kube-root-ca.crt")
                .addNewItem()
                .withKey("ca.crt")
                .withPath("ca.crt")
                .endItem()
                .endConfigMap()
                .endSource()
                .endProjected()
                .build();
    }
}
