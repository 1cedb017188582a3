package aether.command.gateway;

import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;

/** The custom resources that the gateway answers for; their schemas are in {@code k8s/crds}. */
enum ResourceType {
    TENANT_CLUSTER("TenantCluster", "tenantclusters"),
    NODE_POOL("NodePool", "nodepools");

    static final String GROUP = "aetherplatform.cloud";

    private static final String VERSION = "v1alpha1";

    private final String kind;

    private final String plural;

    ResourceType(String kind, String plural) {
        this.kind = kind;
        this.plural = plural;
    }

    String kind() {
        return kind;
    }

    /** The name of the file of its definition, on the class path. */
    String definition() {
        return plural + ".yaml";
    }

    ResourceDefinitionContext context() {
        return new ResourceDefinitionContext.Builder()
                .withGroup(GROUP)
                .withVersion(VERSION)
                .withKind(kind)
                .withPlural(plural)
                .withNamespaced(true)
                .build();
    }
}
