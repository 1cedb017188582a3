package aether.domain.organization;

import aether.domain.cluster.ClusterId;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What an organization is.
 *
 * @param registered false before its first event
 * @param name the name that people read
 * @param clusterNames the claimed names and who holds them
 * @param everNamed every cluster that ever held a name, and which
 * @param claims how many names were ever claimed; makes the id of a later cluster with the same name a new one
 * @param billingContact whether there is one; who it is is not kept here, so that nothing has to be forgotten here
 */
public record OrganizationState(
        boolean registered,
        String name,
        Map<String, ClusterId> clusterNames,
        Map<ClusterId, String> everNamed,
        long claims,
        boolean billingContact) {

    /** Before the first event. */
    public static final OrganizationState ABSENT = new OrganizationState(false, "", Map.of(), Map.of(), 0, false);

    public OrganizationState {
        clusterNames = Map.copyOf(clusterNames);
        everNamed = Map.copyOf(everNamed);
    }

    /** The cluster that holds a name. */
    public Optional<ClusterId> clusterNamed(String clusterName) {
        return Optional.ofNullable(clusterNames.get(clusterName));
    }

    /** Whether the cluster is the organization's, or was until it was deleted. */
    public boolean hasHad(ClusterId cluster) {
        return everNamed.containsKey(cluster);
    }

    /** The state after an event. */
    public OrganizationState apply(OrganizationEvent event) {
        return switch (event) {
            case OrganizationEvent.OrganizationRegistered registration ->
                new OrganizationState(true, registration.name(), clusterNames, everNamed, claims, billingContact);
            case OrganizationEvent.OrganizationRenamed renamed ->
                new OrganizationState(registered, renamed.name(), clusterNames, everNamed, claims, billingContact);
            case OrganizationEvent.BillingContactSet ignored ->
                new OrganizationState(registered, name, clusterNames, everNamed, claims, true);
            case OrganizationEvent.BillingContactRemoved ignored ->
                new OrganizationState(registered, name, clusterNames, everNamed, claims, false);
            case OrganizationEvent.ClusterNameClaimed claimed -> {
                Map<String, ClusterId> names = new LinkedHashMap<>(clusterNames);
                names.put(claimed.name(), claimed.clusterId());
                Map<ClusterId, String> ever = new HashMap<>(everNamed);
                ever.put(claimed.clusterId(), claimed.name());
                yield new OrganizationState(registered, name, names, ever, claims + 1, billingContact);
            }
            case OrganizationEvent.ClusterNameReleased released -> {
                Map<String, ClusterId> names = new LinkedHashMap<>(clusterNames);
                names.remove(released.name(), released.clusterId());
                yield new OrganizationState(registered, name, names, everNamed, claims, billingContact);
            }
        };
    }
}
