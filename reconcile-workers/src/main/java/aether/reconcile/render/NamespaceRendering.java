package aether.reconcile.render;

import aether.domain.cluster.ClusterId;
import aether.domain.organization.OrganizationId;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;

/** The tenant's namespace, where the API server itself refuses pods that ask for more than they need. */
public final class NamespaceRendering {

    private NamespaceRendering() {}

    /** The namespace of a cluster. */
    public static Rendered of(OrganizationId organization, ClusterId cluster) {
        return Rendered.of(new NamespaceBuilder()
                .withNewMetadata()
                .withName(TenantNames.namespace(cluster))
                .withLabels(Labels.of(organization, cluster))
                .addToLabels("pod-security.kubernetes.io/enforce", "restricted")
                .endMetadata()
                .build());
    }
}
