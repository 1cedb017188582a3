package aether.domain.cluster;

import java.util.Locale;

/**
 * A cluster's sleep, and what of it runs in each phase. Down, what depends on something stops before it; up, it is the
 * other way round. Every rule of this order stands here once; renderers ask, they do not decide.
 *
 * @param number the how manyth hibernation of the cluster it is or, in {@link Phase#AWAKE}, was; 0 before the first
 * @param phase how far it is
 * @param obstacle what stood in the way of the last one, as the workers found it; empty when nothing did
 */
public record ClusterHibernation(long number, Phase phase, String obstacle) {

    /** How far it is, in order. */
    public enum Phase {
        /** It is not asleep, and nobody has asked for it. */
        AWAKE,
        /**
         * Nothing is touched; workers look whether it could wake again, and take a snapshot where the site keeps some.
         */
        PREPARING,
        /** The machines of every node pool go. */
        NODES_LEAVING,
        /** Controllers and API servers stop. */
        API_STOPPING,
        /** Nobody writes any more: etcd stops. */
        ETCD_STOPPING,
        /** Nothing of the control plane runs; its data, certificates, keys and addresses are kept. */
        ASLEEP,
        /** The cluster is to wake: what ended in its sleep, or soon will, is renewed first. */
        CERTIFICATES,
        /** etcd starts on the data that was kept. */
        ETCD_STARTING,
        /** API servers start. */
        API_STARTING,
        /** Controllers start. */
        CONTROLLERS_STARTING,
        /** Every node pool gets machines again, up to the size that is wanted now. */
        NODES_JOINING;

        /** As a sentence and a delay have it. */
        public String published() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** As a cluster begins. */
    public static final ClusterHibernation NEVER = new ClusterHibernation(0, Phase.AWAKE, "");

    /** Whether the cluster is on its way into its sleep, asleep, or on its way back. */
    public boolean isUnderWay() {
        return phase != Phase.AWAKE;
    }

    /** Whether etcd is to run. */
    public boolean runsEtcd() {
        return switch (phase) {
            case ETCD_STOPPING, ASLEEP, CERTIFICATES -> false;
            case AWAKE,
                    PREPARING,
                    NODES_LEAVING,
                    API_STOPPING,
                    ETCD_STARTING,
                    API_STARTING,
                    CONTROLLERS_STARTING,
                    NODES_JOINING -> true;
        };
    }

    /** Whether API servers are to run; only then may anybody ask them, or call it an outage that they do not answer. */
    public boolean runsApi() {
        return switch (phase) {
            case API_STOPPING, ETCD_STOPPING, ASLEEP, CERTIFICATES, ETCD_STARTING -> false;
            case AWAKE, PREPARING, NODES_LEAVING, API_STARTING, CONTROLLERS_STARTING, NODES_JOINING -> true;
        };
    }

    /** Whether controllers are to run. */
    public boolean runsControllers() {
        return runsApi() && phase != Phase.API_STARTING;
    }

    ClusterHibernation begun() {
        return new ClusterHibernation(number + 1, Phase.PREPARING, "");
    }

    ClusterHibernation in(Phase next) {
        return new ClusterHibernation(number, next, "");
    }

    ClusterHibernation obstructed(String by) {
        return new ClusterHibernation(number, Phase.AWAKE, by);
    }
}
