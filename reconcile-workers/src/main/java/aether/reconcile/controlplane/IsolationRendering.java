package aether.reconcile.controlplane;

import aether.reconcile.render.Labels;
import aether.reconcile.render.Rendered;
import aether.reconcile.render.RenderingOptions;
import aether.reconcile.render.TenantNames;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceQuotaBuilder;
import io.fabric8.kubernetes.api.model.ServiceAccountBuilder;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyBuilder;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyEgressRule;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyEgressRuleBuilder;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyIngressRule;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyIngressRuleBuilder;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPeer;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPeerBuilder;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPort;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What keeps a tenant's namespace to itself: how much it may take, who may talk to whom, and pods without any right at
 * the management cluster's API.
 */
final class IsolationRendering {

    /** Where cluster DNS runs, by the label that every namespace has since 1.21. */
    private static final Map<String, String> DNS_NAMESPACE = Map.of("kubernetes.io/metadata.name", "kube-system");

    private static final int DNS = 53;
    private static final int KUBELET = 10_250;

    /** Room for every part twice, as while all of them are replaced at once, and no more. */
    private static final Map<String, String> QUOTA = Map.of(
            "pods", "20",
            "requests.cpu", "4",
            "requests.memory", "8Gi",
            "persistentvolumeclaims", "6",
            "requests.storage", "100Gi",
            "services.loadbalancers", "0",
            "services.nodeports", "0",
            "secrets", "100",
            "configmaps", "50");

    private IsolationRendering() {}

    static List<Rendered> of(DesiredControlPlane desired, RenderingOptions options) {
        List<Rendered> objects = new ArrayList<>();
        objects.add(quota(desired));
        for (String component : List.of(
                TenantNames.ETCD,
                TenantNames.API_SERVICE,
                ControllersRendering.CONTROLLER_MANAGER,
                ControllersRendering.SCHEDULER)) {
            objects.add(account(desired, component));
        }
        objects.add(policy(desired, "default-deny", Map.of(), List.of(), List.of()));
        objects.add(policy(desired, "allow-dns", Map.of(), List.of(), List.of(dns())));
        objects.add(policy(
                desired,
                TenantNames.ETCD,
                only(TenantNames.ETCD),
                toEtcd(options),
                List.of(out(EtcdRendering.PEER_PORT, pods(TenantNames.ETCD)))));
        objects.add(policy(
                desired,
                TenantNames.API_SERVICE,
                only(TenantNames.API_SERVICE),
                // The tenant's load balancer is no pod; whoever gets here still needs a certificate of the cluster CA.
                toApiServer(desired, options),
                fromApiServer(desired, options)));
        for (String component : List.of(ControllersRendering.CONTROLLER_MANAGER, ControllersRendering.SCHEDULER)) {
            objects.add(policy(
                    desired,
                    component,
                    only(component),
                    List.of(),
                    List.of(out(ApiServerRendering.PORT, pods(TenantNames.API_SERVICE)))));
        }
        return List.copyOf(objects);
    }

    private static List<NetworkPolicyIngressRule> toApiServer(DesiredControlPlane desired, RenderingOptions options) {
        return KonnectivityRendering.isThere(desired, options)
                ? List.of(in(ApiServerRendering.PORT), in(Konnectivity.AGENT_PORT)) // agents come by the balancer too
                : List.of(in(ApiServerRendering.PORT));
    }

    private static List<NetworkPolicyEgressRule> fromApiServer(DesiredControlPlane desired, RenderingOptions options) {
        List<NetworkPolicyEgressRule> flows =
                new ArrayList<>(List.of(out(EtcdRendering.CLIENT_PORT, pods(TenantNames.ETCD))));
        if (!KonnectivityRendering.isThere(desired, options)) {
            flows.add(out(KUBELET)); // else nodes are reached by what their agents have opened, and by nothing else
        }
        flows.addAll(OidcRendering.flows(desired));
        return List.copyOf(flows);
    }

    private static List<NetworkPolicyIngressRule> toEtcd(RenderingOptions options) {
        List<NetworkPolicyIngressRule> flows = new ArrayList<>(List.of(
                in(EtcdRendering.CLIENT_PORT, pods(TenantNames.API_SERVICE)),
                in(EtcdRendering.PEER_PORT, pods(TenantNames.ETCD))));
        flows.addAll(EtcdUpkeepRendering.toEtcd(options));
        return List.copyOf(flows);
    }

    private static ObjectMeta metadata(DesiredControlPlane desired, String name) {
        return new ObjectMetaBuilder()
                .withNamespace(TenantNames.namespace(desired.clusterId()))
                .withName(name)
                .withLabels(Labels.of(desired.organizationId(), desired.clusterId()))
                .build();
    }

    private static Rendered quota(DesiredControlPlane desired) {
        Map<String, Quantity> hard = new TreeMap<>();
        QUOTA.forEach((what, much) -> hard.put(what, new Quantity(much)));
        return Rendered.of(new ResourceQuotaBuilder()
                .withMetadata(metadata(desired, "control-plane"))
                .withNewSpec()
                .withHard(hard)
                .endSpec()
                .build());
    }

    static Rendered account(DesiredControlPlane desired, String component) {
        return Rendered.of(new ServiceAccountBuilder()
                .withMetadata(metadata(desired, component))
                .withAutomountServiceAccountToken(false)
                .build());
    }

    static Map<String, String> only(String component) {
        return Map.of(Labels.NAME, component);
    }

    static NetworkPolicyPeer pods(String component) {
        return new NetworkPolicyPeerBuilder()
                .withNewPodSelector()
                .withMatchLabels(only(component))
                .endPodSelector()
                .build();
    }

    private static NetworkPolicyPort port(String protocol, int port) {
        return new NetworkPolicyPort(null, new IntOrString(port), protocol);
    }

    static NetworkPolicyIngressRule in(int port, NetworkPolicyPeer... from) {
        return new NetworkPolicyIngressRuleBuilder()
                .withFrom(from)
                .withPorts(port("TCP", port))
                .build();
    }

    static NetworkPolicyEgressRule out(int port, NetworkPolicyPeer... to) {
        return new NetworkPolicyEgressRuleBuilder()
                .withTo(to)
                .withPorts(port("TCP", port))
                .build();
    }

    private static NetworkPolicyEgressRule dns() {
        return new NetworkPolicyEgressRuleBuilder()
                .addNewTo()
                .withNewNamespaceSelector()
                .withMatchLabels(DNS_NAMESPACE)
                .endNamespaceSelector()
                .endTo()
                .withPorts(port("UDP", DNS), port("TCP", DNS))
                .build();
    }

    /** A pod that a policy selects is denied what no policy allows; so each names both directions. */
    static Rendered policy(
            DesiredControlPlane desired,
            String name,
            Map<String, String> selected,
            List<NetworkPolicyIngressRule> ingress,
            List<NetworkPolicyEgressRule> egress) {
        return Rendered.of(new NetworkPolicyBuilder()
                .withMetadata(metadata(desired, name))
                .withNewSpec()
                .withNewPodSelector()
                .withMatchLabels(selected)
                .endPodSelector()
                .withPolicyTypes("Ingress", "Egress")
                .withIngress(ingress)
                .withEgress(egress)
                .endSpec()
                .build());
    }
}
