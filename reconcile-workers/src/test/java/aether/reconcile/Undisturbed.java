package aether.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import aether.domain.cluster.ClusterEvent;
import aether.domain.kernel.DomainEvent;
import aether.domain.nodepool.NodePoolEvent;

/** What was asked for is no drift, and no trouble. */
final class Undisturbed {

    /**
     * A controller-manager of 1.20 that meets the end of an API server while it still starts its controllers gives up
     * and is started again; that is told, and nobody's request waits for it.
     */
    private static final String EXCUSED = "Deployment/kube-controller-manager: ";

    private Undisturbed() {}

    static void verify(Landscape landscape) {
        assertThat(landscape.log().events())
                .as("what was asked for is no drift, and no trouble")
                .noneMatch(Undisturbed::isTrouble);
    }

    static boolean isTrouble(DomainEvent event) {
        return event instanceof ClusterEvent.DriftCorrected
                || event instanceof NodePoolEvent.NodePoolDegraded
                || (event instanceof ClusterEvent.ClusterDegraded degraded
                        && !degraded.reason().startsWith(EXCUSED));
    }
}
