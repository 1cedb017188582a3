package aether.command.manifest;

import aether.command.request.Detail;
import aether.domain.cluster.CertificateAuthority;
import aether.domain.cluster.Channel;
import aether.domain.cluster.ClusterAuthority;
import aether.domain.cluster.ClusterCommand;
import aether.domain.cluster.ClusterId;
import aether.domain.cluster.ClusterState;
import aether.domain.cluster.ClusterStatus;
import aether.domain.cluster.DisruptiveWork;
import java.time.Instant;
import java.util.Optional;

/**
 * What the generation of the cluster CA in a document leads to: the next one asks for a rotation, one that is reached
 * or under way for nothing, so that a document says the same however often it is read.
 *
 * @param command what to send; empty when there is nothing to do
 * @param refused why nothing is done, though something would have to be
 */
record RotationPlan(Optional<ClusterCommand> command, Optional<Detail> refused) {

    static final String FIELD = "spec.rotations.cluster_ca";

    private static final RotationPlan NOTHING = new RotationPlan(Optional.empty(), Optional.empty());

    static RotationPlan of(Document.Cluster document, ClusterId id, ClusterState state, Channel channel, Instant now) {
        Integer wanted = document.clusterAuthority();
        ClusterAuthority authority = state.authorities().of(CertificateAuthority.CLUSTER);
        if (wanted == null || (wanted >= 1 && wanted <= authority.generation())) {
            return NOTHING;
        }
        if (wanted != authority.successor()) {
            return new RotationPlan(
                    Optional.empty(),
                    Optional.of(new Detail(
                            document.path(FIELD),
                            "out_of_range",
                            "Expected a generation from 1 to " + authority.successor() + ", the one after that in use,"
                                    + " but got " + wanted + ".")));
        }
        boolean begun =
                authority.isRotating() || state.maintenance().planned().containsKey(DisruptiveWork.AUTHORITY_ROTATION);
        // A resource is looked at again with every event of its cluster, so it waits; who applies a manifest is told.
        boolean waits = channel == Channel.KUBERNETES && state.status() != ClusterStatus.RUNNING;
        if (begun || waits) {
            return NOTHING;
        }
        return new RotationPlan(
                Optional.of(
                        state.maintenance().windows().isEmpty()
                                ? new ClusterCommand.RotateAuthority(id, CertificateAuthority.CLUSTER)
                                : new ClusterCommand.AskForWork(id, now, DisruptiveWork.AUTHORITY_ROTATION, null)),
                Optional.empty());
    }
}
