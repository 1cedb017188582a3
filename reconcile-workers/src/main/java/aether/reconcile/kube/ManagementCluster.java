package aether.reconcile.kube;

import aether.reconcile.render.ResourceKind;

/** The cluster that tenants' control planes run in. */
public interface ManagementCluster extends KubeApi {

    /**
     * Calls back whenever an object of a tenant cluster changes. Survives every absence of the API; what changed
     * meanwhile is told afterwards.
     */
    Watching watch(Listener listener);

    /**
     * The same cluster, asked itself. What this one answers while it is watched is what the watch has told, which may
     * be a moment old: enough to see that nothing is to be done, and for what is applied without an event about it.
     */
    KubeApi live();

    /** Hears of changes. */
    @FunctionalInterface
    interface Listener {
        /**
         * An object came, changed or went.
         *
         * @param clusterId what its label says
         */
        void changed(ResourceKind kind, String clusterId);

        /** An object came or changed, and is as this very API answered when it was written through it. */
        default void echoed(ResourceKind kind, String clusterId) {
            changed(kind, clusterId);
        }
    }

    /** Ends a watch. */
    interface Watching extends AutoCloseable {
        @Override
        void close();
    }
}
