package aether.command.api;

import aether.command.access.Identity;
import aether.command.request.Detail;
import aether.command.request.RequestRefused;
import aether.command.streams.Streams;
import aether.domain.cluster.ClusterId;
import aether.domain.cluster.ClusterState;
import aether.domain.nodepool.NodePoolId;
import aether.domain.organization.OrganizationId;
import aether.domain.organization.OrganizationState;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/** Finds what a path names, by id or by name, and only within what the caller may see. */
final class Places {

    private static final Pattern UUID_FORM =
            Pattern.compile("[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}");

    private static final int SHOWN = 64;

    private final Streams streams;

    Places(Streams streams) {
        this.streams = streams;
    }

    /** An organization that exists. */
    record Organization(OrganizationId id, OrganizationState state) {}

    /** A cluster that exists. */
    record Cluster(Organization organization, ClusterId id, ClusterState state) {}

    /** A node pool that exists. */
    record NodePool(Cluster cluster, NodePoolId id) {}

    Organization organization(Caller caller, String idOrSlug) {
        Optional<OrganizationId> id = uuid(idOrSlug)
                .map(OrganizationId::new)
                .or(() -> streams.slug(idOrSlug).holder());
        Identity identity = caller.identity();
        if (identity.organization().isPresent()
                && !identity.organization().get().equals(idOrSlug)
                && (id.isEmpty()
                        || !id.equals(
                                streams.slug(identity.organization().get()).holder()))) {
            throw new RequestRefused(
                    403,
                    "forbidden",
                    "Expected organization '" + identity.organization().get()
                            + "', which the token is for, but the path names another.");
        }
        OrganizationState state = id.map(streams::organization).orElse(OrganizationState.ABSENT);
        if (id.isEmpty() || !state.registered()) {
            throw unknown("organization_unknown", "organization", idOrSlug);
        }
        return new Organization(id.get(), state);
    }

    Cluster cluster(Caller caller, String organization, String idOrName) {
        Organization found = organization(caller, organization);
        Optional<ClusterId> id =
                uuid(idOrName).map(ClusterId::new).or(() -> found.state().clusterNamed(idOrName));
        ClusterState state = id.map(streams::cluster).orElse(ClusterState.ABSENT);
        if (id.isEmpty() || !state.organization().equals(Optional.of(found.id()))) {
            throw unknown("cluster_unknown", "cluster", idOrName);
        }
        return new Cluster(found, id.get(), state);
    }

    NodePool nodePool(Caller caller, String organization, String cluster, String idOrName) {
        Cluster found = cluster(caller, organization, cluster);
        Optional<NodePoolId> id =
                uuid(idOrName).map(NodePoolId::new).or(() -> found.state().poolNamed(idOrName));
        if (id.isEmpty() || !streams.nodePool(id.get()).cluster().equals(Optional.of(found.id()))) {
            throw unknown("node_pool_unknown", "node_pool", idOrName);
        }
        return new NodePool(found, id.get());
    }

    private static Optional<UUID> uuid(String text) {
        return UUID_FORM.matcher(text).matches() ? Optional.of(UUID.fromString(text)) : Optional.empty();
    }

    private static RequestRefused unknown(String code, String what, String name) {
        String shown = name.length() <= SHOWN ? name : name.substring(0, SHOWN) + "…";
        return RequestRefused.of(
                404,
                new Detail(
                        what,
                        code,
                        "Expected an existing " + what.replace('_', ' ') + ", but there is no '" + shown + "'."));
    }
}
