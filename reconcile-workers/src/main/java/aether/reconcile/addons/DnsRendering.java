package aether.reconcile.addons;

import aether.reconcile.render.Labels;
import aether.reconcile.render.Pods;
import aether.reconcile.render.Rendered;
import aether.reconcile.render.RenderingOptions;
import aether.reconcile.render.TenantNetwork;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.fabric8.kubernetes.api.model.rbac.ClusterRoleBuilder;
import java.util.List;
import java.util.Map;

/** Cluster DNS. */
final class DnsRendering {

    private static final String NAME = "coredns";
    private static final String NAMESPACE = "kube-system";
    private static final String VERSION = "v1.12.1";
    private static final int PORT = 53;
    private static final int READY_PORT = 8181;
    private static final Map<String, String> SELECTOR = Map.of("k8s-app", "kube-dns");

    /** The Corefile that every kubeadm cluster has. */
    private static final String COREFILE = """
            .:53 {
                errors
                health {
                    lameduck 5s
                }
                ready
                kubernetes cluster.local in-addr.arpa ip6.arpa {
                    pods insecure
                    fallthrough in-addr.arpa ip6.arpa
                    ttl 30
                }
                forward . /etc/resolv.conf {
                    max_concurrent 1000
                }
                cache 30
                loop
                reload
                loadbalance
            }
            """;

    private DnsRendering() {}

    static List<Rendered> of(DesiredAddons desired, RenderingOptions options) {
        Map<String, String> labels = Labels.of(desired.organizationId(), desired.clusterId(), NAME);
        AddonAccount account = new AddonAccount(NAME, labels);
        return List.of(
                account.rendered(),
                role(account),
                account.binding(),
                Rendered.of(new ConfigMapBuilder()
                        .withNewMetadata()
                        .withNamespace(NAMESPACE)
                        .withName(NAME)
                        .withLabels(labels)
                        .endMetadata()
                        .addToData("Corefile", COREFILE)
                        .build()),
                service(labels),
                deployment(labels, options));
    }

    private static Rendered role(AddonAccount account) {
        return Rendered.of(new ClusterRoleBuilder()
                .withNewMetadata()
                .withName(account.role())
                .withLabels(account.labels())
                .endMetadata()
                .addNewRule()
                .withApiGroups("")
                .withResources("endpoints", "services", "pods", "namespaces")
                .withVerbs("list", "watch")
                .endRule()
                .addNewRule()
                .withApiGroups("discovery.k8s.io")
                .withResources("endpointslices")
                .withVerbs("list", "watch")
                .endRule()
                .build());
    }

    private static Rendered service(Map<String, String> labels) {
        return Rendered.of(new ServiceBuilder()
                .withNewMetadata()
                .withNamespace(NAMESPACE)
                .withName("kube-dns")
                .withLabels(labels)
                .endMetadata()
                .withNewSpec()
                .withClusterIP(TenantNetwork.DNS_SERVICE)
                .withSelector(SELECTOR)
                .addNewPort()
                .withName("dns")
                .withProtocol("UDP")
                .withPort(PORT)
                .endPort()
                .addNewPort()
                .withName("dns-tcp")
                .withProtocol("TCP")
                .withPort(PORT)
                .endPort()
                .endSpec()
                .build());
    }

    private static Rendered deployment(Map<String, String> labels, RenderingOptions options) {
        Container container = Pods.container(
                NAME,
                options.image("coredns/coredns", VERSION),
                List.of("/coredns", "-conf", "/etc/coredns/Corefile"),
                Pods.tcpProbe(READY_PORT),
                Pods.requests("100m", "70Mi"),
                List.of(Pods.readOnly(NAME, "/etc/coredns")));
        container.getSecurityContext().getCapabilities().setAdd(List.of("NET_BIND_SERVICE"));
        return Rendered.of(new DeploymentBuilder()
                .withNewMetadata()
                .withNamespace(NAMESPACE)
                .withName(NAME)
                .withLabels(labels)
                .endMetadata()
                .withNewSpec()
                .withReplicas(2)
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
                .withPriorityClassName("system-cluster-critical")
                .withDnsPolicy("Default")
                .withContainers(container)
                .withVolumes(Pods.configMap(NAME))
                .endSpec()
                .endTemplate()
                .endSpec()
                .build());
    }
}
