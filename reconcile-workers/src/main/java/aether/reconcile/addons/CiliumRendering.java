package aether.reconcile.addons;

import aether.reconcile.render.Labels;
import aether.reconcile.render.Rendered;
import aether.reconcile.render.RenderingOptions;
import aether.reconcile.render.TenantNetwork;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.apps.DaemonSetBuilder;
import io.fabric8.kubernetes.api.model.rbac.ClusterRoleBuilder;
import java.util.List;
import java.util.Map;

/** The network plugin: Cilium in its plainest form, as objects instead of a chart. */
final class CiliumRendering {

    private static final String NAME = "cilium";
    private static final String NAMESPACE = "kube-system";
    private static final String VERSION = "v1.18.3";
    private static final Map<String, String> SELECTOR = Map.of("k8s-app", NAME);

    private CiliumRendering() {}

    static List<Rendered> of(DesiredAddons desired, RenderingOptions options) {
        Map<String, String> labels = Labels.of(desired.organizationId(), desired.clusterId(), NAME);
        AddonAccount account = new AddonAccount(NAME, labels);
        return List.of(
                account.rendered(),
                role(account),
                account.binding(),
                config(labels),
                daemonSet(labels, desired, options));
    }

    private static Rendered role(AddonAccount account) {
        return Rendered.of(new ClusterRoleBuilder()
                .withNewMetadata()
                .withName(account.role())
                .withLabels(account.labels())
                .endMetadata()
                .addNewRule()
                .withApiGroups("")
                .withResources("namespaces", "services", "pods", "endpoints", "nodes")
                .withVerbs("get", "list", "watch")
                .endRule()
                .addNewRule()
                .withApiGroups("discovery.k8s.io", "networking.k8s.io")
                .withResources("endpointslices", "networkpolicies")
                .withVerbs("get", "list", "watch")
                .endRule()
                .addNewRule()
                .withApiGroups("apiextensions.k8s.io")
                .withResources("customresourcedefinitions")
                .withVerbs("create", "get", "list", "watch", "update")
                .endRule()
                .addNewRule()
                .withApiGroups("cilium.io")
                .withResources("*")
                .withVerbs("*")
                .endRule()
                .build());
    }

    private static Rendered config(Map<String, String> labels) {
        return Rendered.of(new ConfigMapBuilder()
                .withNewMetadata()
                .withNamespace(NAMESPACE)
                .withName("cilium-config")
                .withLabels(labels)
                .endMetadata()
                .addToData("cluster-pool-ipv4-cidr", TenantNetwork.PODS)
                .addToData("enable-ipv4", "true")
                .addToData("enable-ipv6", "false")
                .addToData("ipam", "kubernetes")
                .addToData("kube-proxy-replacement", "true")
                .addToData("routing-mode", "tunnel")
                .addToData("tunnel-protocol", "vxlan")
                .build());
    }

    private static Rendered daemonSet(Map<String, String> labels, DesiredAddons desired, RenderingOptions options) {
        // Nothing is routed before the plugin runs, so it dials the endpoint itself instead of the Service.
        int colon = desired.endpoint().lastIndexOf(':');
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
                .withPriorityClassName("system-node-critical")
                .withHostNetwork(true)
                .addNewToleration()
                .withOperator("Exists")
                .endToleration()
                .addNewContainer()
                .withName("cilium-agent")
                .withImage(options.image("cilium/cilium", VERSION))
                .withCommand("cilium-agent", "--config-dir=/etc/cilium")
                .addNewEnv()
                .withName("KUBERNETES_SERVICE_HOST")
                .withValue(desired.endpoint().substring(0, colon))
                .endEnv()
                .addNewEnv()
                .withName("KUBERNETES_SERVICE_PORT")
                .withValue(desired.endpoint().substring(colon + 1))
                .endEnv()
                .withNewSecurityContext()
                .withPrivileged(true) // it programs the node's kernel
                .endSecurityContext()
                .addNewVolumeMount()
                .withName("config")
                .withMountPath("/etc/cilium")
                .withReadOnly(true)
                .endVolumeMount()
                .addNewVolumeMount()
                .withName("bpf")
                .withMountPath("/sys/fs/bpf")
                .endVolumeMount()
                .addNewVolumeMount()
                .withName("cni")
                .withMountPath("/host/etc/cni/net.d")
                .endVolumeMount()
                .endContainer()
                .addNewVolume()
                .withName("config")
                .withNewConfigMap()
                .withName("cilium-config")
                .endConfigMap()
                .endVolume()
                .addNewVolume()
                .withName("bpf")
                .withNewHostPath("/sys/fs/bpf", "DirectoryOrCreate")
                .endVolume()
                .addNewVolume()
                .withName("cni")
                .withNewHostPath("/etc/cni/net.d", "DirectoryOrCreate")
                .endVolume()
                .endSpec()
                .endTemplate()
                .endSpec()
                .build());
    }
}
