package aether.domain.process;

import aether.domain.cluster.ClusterId;
import aether.domain.kernel.DnsLabel;
import aether.domain.nodepool.NodePoolId;

/** Names of VMs: deterministic, DNS labels, unique in a region, and still readable. */
final class MachineNames {

    private static final int ID_CHARACTERS = 8;

    private MachineNames() {}

    static String loadBalancer(String clusterName, ClusterId clusterId) {
        return fit(clusterName, "-lb-" + shortened(clusterId.toString()));
    }

    static String worker(String clusterName, String poolName, NodePoolId poolId, int ordinal, int generation) {
        String suffix = "-" + shortened(poolId.toString()) + "-" + ordinal + (generation == 0 ? "" : "-r" + generation);
        return fit(clusterName + "-" + poolName, suffix);
    }

    private static String fit(String readable, String suffix) {
        int room = DnsLabel.MAX_LENGTH - suffix.length();
        return (readable.length() <= room ? readable : readable.substring(0, room)) + suffix;
    }

    private static String shortened(String id) {
        return id.substring(0, ID_CHARACTERS);
    }
}
