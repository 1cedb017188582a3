package aether.domain.cluster;

import aether.domain.kernel.KubernetesVersion;

/**
 * How far a change of version is. What may be newer than what is Kubernetes' version skew policy: API servers before
 * their controllers, all of these before any kubelet, and etcd by itself before all of them.
 *
 * @param number which upgrade of the cluster it is, from 1
 * @param from what ran before
 * @param to what will run
 */
public record ClusterUpgrade(Phase phase, long number, KubernetesVersion from, KubernetesVersion to) {

    /** The stages, in order. */
    public enum Phase {
        /** Nothing is touched; a snapshot is taken where the site keeps some. */
        PREPARING,
        /** etcd moves. */
        ETCD,
        /** API servers move, one after the other; none of the new ones has served yet. */
        API_SERVERS,
        /** At least one new API server has served, and may have written objects in a form of its minor. */
        SERVING,
        /** Controller manager and scheduler move. */
        CONTROLLERS,
        /** Nodes are replaced, pool by pool. */
        NODES
    }

    ClusterUpgrade in(Phase next) {
        return new ClusterUpgrade(next, number, from, to);
    }

    /**
     * Whether all may still go back to where it came from. Within a minor nothing is stored in another form; into the
     * next minor, only until something of it has served. etcd's own format is never taken back, and nodes are never
     * older than they were.
     */
    public boolean isReversible() {
        return switch (phase) {
            case PREPARING, API_SERVERS -> true;
            case SERVING, CONTROLLERS -> from.minor() == to.minor();
            case ETCD, NODES -> false;
        };
    }

    /** What each part of the cluster runs in this phase. */
    public ClusterVersions versions() {
        return new ClusterVersions(
                phase.compareTo(Phase.ETCD) >= 0 ? to : from,
                phase.compareTo(Phase.API_SERVERS) >= 0 ? to : from,
                phase.compareTo(Phase.CONTROLLERS) >= 0 ? to : from,
                phase.compareTo(Phase.NODES) >= 0 ? to : from);
    }
}
