package aether.reconcile.addons;

import aether.domain.cluster.CredentialDecider;
import aether.reconcile.render.Labels;
import aether.reconcile.render.ObjectRef;
import aether.reconcile.render.Rendered;
import aether.reconcile.render.ResourceKind;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.api.model.rbac.ClusterRoleBindingBuilder;
import io.fabric8.kubernetes.api.model.rbac.ClusterRoleBuilder;
import io.fabric8.kubernetes.api.model.rbac.RoleBindingBuilder;
import io.fabric8.kubernetes.api.model.rbac.RoleBuilder;
import java.util.List;
import java.util.Map;

/** Who may join as a node, and how: a token, and the approvals that turn it into certificates. */
final class JoiningRendering {

    private static final String RBAC = "rbac.authorization.k8s.io";
    /** A group of our own, so that a token of ours lets in nobody but nodes. */
    private static final String JOINING = "system:bootstrappers:aether";

    private static final String NODES = "system:nodes";

    private static final String SYSTEM = "kube-system";

    /** So are the Secrets named that the API server's bootstrap authenticator reads. */
    static final String TOKEN_PREFIX = "bootstrap-token-";

    private JoiningRendering() {}

    static List<Rendered> of(DesiredAddons desired, BootstrapToken token) {
        Map<String, String> labels = Labels.of(desired.organizationId(), desired.clusterId());
        return List.of(
                token(token, labels),
                binding("aether:node-bootstrapper", "system:node-bootstrapper", JOINING, labels),
                binding(
                        "aether:approve-new-nodes",
                        "system:certificates.k8s.io:certificatesigningrequests:nodeclient",
                        JOINING,
                        labels),
                binding(
                        "aether:approve-node-renewals",
                        "system:certificates.k8s.io:certificatesigningrequests:selfnodeclient",
                        NODES,
                        labels),
                kubeletAdmin(labels),
                binding("aether:kubelet-api-admin", "aether:kubelet-api-admin", "aether:kubelet-api-admin", labels),
                binding(CredentialDecider.ADMINISTRATORS, "cluster-admin", CredentialDecider.ADMINISTRATORS, labels),
                endpointsRole(labels),
                endpointsBinding(labels));
    }

    /** The Secret that a tenant's API takes for the token. */
    static ObjectRef tokenOf(BootstrapToken token) {
        return new ObjectRef(ResourceKind.SECRET, SYSTEM, TOKEN_PREFIX + token.id());
    }

    private static Rendered token(BootstrapToken token, Map<String, String> labels) {
        return Rendered.of(new SecretBuilder()
                .withNewMetadata()
                .withNamespace(SYSTEM)
                .withName(TOKEN_PREFIX + token.id())
                .withLabels(labels)
                .endMetadata()
                .withType("bootstrap.kubernetes.io/token")
                .addToData("token-id", BootstrapToken.base64(token.id()))
                .addToData("token-secret", BootstrapToken.base64(token.secret()))
                .addToData("usage-bootstrap-authentication", BootstrapToken.base64("true"))
                .addToData("usage-bootstrap-signing", BootstrapToken.base64("true"))
                .addToData("auth-extra-groups", BootstrapToken.base64(JOINING))
                .build());
    }

    private static Rendered binding(String name, String role, String group, Map<String, String> labels) {
        return Rendered.of(new ClusterRoleBindingBuilder()
                .withNewMetadata()
                .withName(name)
                .withLabels(labels)
                .endMetadata()
                .withNewRoleRef(RBAC, "ClusterRole", role)
                .addNewSubject(RBAC, "Group", group, null)
                .build());
    }

    /** What the API server may do at kubelets: logs, exec and metrics, and nothing else. */
    private static Rendered kubeletAdmin(Map<String, String> labels) {
        return Rendered.of(new ClusterRoleBuilder()
                .withNewMetadata()
                .withName("aether:kubelet-api-admin")
                .withLabels(labels)
                .endMetadata()
                .addNewRule()
                .withApiGroups("")
                .withResources("nodes/proxy", "nodes/stats", "nodes/log", "nodes/spec", "nodes/metrics")
                .withVerbs("*")
                .endRule()
                .build());
    }

    /** Talos asks every node to find the API's addresses; without this it logs "forbidden" for ever. */
    private static Rendered endpointsRole(Map<String, String> labels) {
        return Rendered.of(new RoleBuilder()
                .withNewMetadata()
                .withNamespace("default")
                .withName("aether:read-endpoints")
                .withLabels(labels)
                .endMetadata()
                .addNewRule()
                .withApiGroups("")
                .withResources("endpoints")
                .withVerbs("get", "list", "watch")
                .endRule()
                .addNewRule()
                .withApiGroups("discovery.k8s.io")
                .withResources("endpointslices")
                .withVerbs("get", "list", "watch")
                .endRule()
                .build());
    }

    private static Rendered endpointsBinding(Map<String, String> labels) {
        return Rendered.of(new RoleBindingBuilder()
                .withNewMetadata()
                .withNamespace("default")
                .withName("aether:read-endpoints")
                .withLabels(labels)
                .endMetadata()
                .withNewRoleRef(RBAC, "Role", "aether:read-endpoints")
                .addNewSubject(RBAC, "Group", NODES, null)
                .build());
    }
}
