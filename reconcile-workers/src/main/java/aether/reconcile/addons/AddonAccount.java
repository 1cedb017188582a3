package aether.reconcile.addons;

import aether.reconcile.render.Rendered;
import io.fabric8.kubernetes.api.model.ServiceAccountBuilder;
import io.fabric8.kubernetes.api.model.rbac.ClusterRoleBindingBuilder;
import java.util.Map;

/** As whom an addon speaks to the tenant's API: an account with a cluster role of its own, both named after it. */
record AddonAccount(String name, Map<String, String> labels) {

    private static final String NAMESPACE = "kube-system";

    String role() {
        return "aether:" + name;
    }

    Rendered rendered() {
        return Rendered.of(new ServiceAccountBuilder()
                .withNewMetadata()
                .withNamespace(NAMESPACE)
                .withName(name)
                .withLabels(labels)
                .endMetadata()
                .build());
    }

    Rendered binding() {
        return Rendered.of(new ClusterRoleBindingBuilder()
                .withNewMetadata()
                .withName(role())
                .withLabels(labels)
                .endMetadata()
                .withNewRoleRef("rbac.authorization.k8s.io", "ClusterRole", role())
                .addNewSubject(null, "ServiceAccount", name, NAMESPACE)
                .build());
    }
}
