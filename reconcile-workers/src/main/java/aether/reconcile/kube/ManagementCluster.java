package aether.reconcile.kube;

import java.util.function.Consumer;

/** The cluster that tenants' control planes run in. */
public interface ManagementCluster extends KubeApi {

    /**
     * Calls back with the id of the tenant cluster whenever one of its objects changes. Survives every absence of the
     * API; what changed meanwhile is told afterwards.
     */
    Watching watch(Consumer<String> clusterId);

    /** Ends a watch. */
    interface Watching extends AutoCloseable {
        @Override
        void close();
    }
}
