package aether.reconcile;

import aether.domain.cluster.Channel;
import aether.domain.cluster.ClusterCommand;
import aether.domain.cluster.ClusterId;
import aether.domain.cluster.ClusterState;
import aether.domain.cluster.ClusterStatus;
import aether.domain.cluster.EtcdMembers;
import aether.domain.kernel.Command;
import aether.domain.kernel.Ipv4Block;
import aether.domain.kernel.KubernetesVersion;
import aether.domain.machine.MachineShape;
import aether.domain.network.NetworkCommand;
import aether.domain.nodepool.NodePoolId;
import aether.domain.organization.OrganizationCommand;
import aether.domain.organization.OrganizationId;
import aether.domain.organization.SlugCommand;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** One customer's cluster with one pool. */
public final class Tenant {

    static final OrganizationId ORGANIZATION = new OrganizationId(new UUID(11, 1));
    /** The cluster. */
    public static final ClusterId CLUSTER = new ClusterId(new UUID(22, 2));

    static final NodePoolId POOL = new NodePoolId(new UUID(33, 3));
    static final KubernetesVersion VERSION = KubernetesVersion.SUPPORTED.get(1);
    private static final MachineShape SHAPE = new MachineShape(2, 4, 20);

    /** How a CA is exchanged, as the log tells it. */
    static final List<String> AUTHORITY_EXCHANGED = List.of(
            "AuthorityRotationStarted",
            "AuthorityTrusted",
            "AuthoritySigning",
            "AuthorityRotationPrepared",
            "AuthorityRotationCompleting",
            "AuthorityLeavesReissued",
            "AuthorityRetired");

    private Tenant() {}

    /** What a customer sends who wants a cluster, with a pool of so many nodes. */
    public static List<Command> commands(int nodes) {
        return commands(nodes, "north", VERSION);
    }

    /** The same in that region, in that version. */
    static List<Command> commands(int nodes, String region, KubernetesVersion version) {
        return commands(nodes, region, version, EtcdMembers.DEFAULT);
    }

    /** The same with an etcd of so many members. */
    static List<Command> commands(int nodes, String region, KubernetesVersion version, int etcdMembers) {
        List<Command> commands = new ArrayList<>(List.of(
                new NetworkCommand.OpenRegion(
                        region,
                        Ipv4Block.parse("10.20.0.0/16").orElseThrow(),
                        Ipv4Block.parse("10.30.0.0/24").orElseThrow(),
                        100,
                        199),
                new SlugCommand.RegisterOrganization("acme", ORGANIZATION, "Acme"),
                new OrganizationCommand.RequestCluster(
                        ORGANIZATION, CLUSTER, "shop", region, version, false, etcdMembers, null, Channel.API)));
        if (nodes > 0) {
            commands.add(new ClusterCommand.RequestNodePool(CLUSTER, POOL, "blue", nodes, nodes, SHAPE));
        }
        return commands;
    }

    /** Asks for a cluster with a pool of so many nodes. */
    static void request(Landscape landscape, int nodes) {
        commands(nodes).forEach(landscape::ask);
    }

    static ClusterState state(Landscape landscape) {
        return landscape.log().cluster(CLUSTER.stream());
    }

    static boolean is(Landscape landscape, ClusterStatus status) {
        return state(landscape).status() == status;
    }

    /** The names of the events that begin like this, in the log's order. */
    static List<String> told(Landscape landscape, String beginning) {
        return landscape.log().events().stream()
                .map(event -> event.getClass().getSimpleName())
                .filter(name -> name.startsWith(beginning))
                .toList();
    }
}
