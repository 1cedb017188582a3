package aether.reconcile.render;

import aether.domain.cluster.ClusterId;
import aether.domain.organization.OrganizationId;
import java.util.Map;
import java.util.TreeMap;

/** The labels that every object of ours carries. */
public final class Labels {

    public static final String PART_OF = "app.kubernetes.io/part-of";
    public static final String MANAGED_BY = "app.kubernetes.io/managed-by";
    public static final String NAME = "app.kubernetes.io/name";
    public static final String COMPONENT = "app.kubernetes.io/component";
    public static final String ORGANIZATION = "aetherplatform.cloud/organization";
    public static final String CLUSTER = "aetherplatform.cloud/cluster";

    /** The value of {@link #PART_OF} and {@link #MANAGED_BY}. */
    public static final String AETHER = "aether";

    private Labels() {}

    /** Those of an object that belongs to a cluster. */
    public static Map<String, String> of(OrganizationId organization, ClusterId cluster) {
        Map<String, String> labels = new TreeMap<>();
        labels.put(PART_OF, AETHER);
        labels.put(MANAGED_BY, AETHER);
        labels.put(ORGANIZATION, organization.toString());
        labels.put(CLUSTER, cluster.toString());
        return labels;
    }

    /** Those of a part of the control plane. */
    public static Map<String, String> of(OrganizationId organization, ClusterId cluster, String component) {
        Map<String, String> labels = of(organization, cluster);
        labels.put(NAME, component);
        labels.put(COMPONENT, component);
        return labels;
    }
}
