package aether.command.manifest;

import aether.command.streams.Streams;
import aether.domain.cluster.ClusterEvent;
import aether.domain.cluster.ClusterId;
import aether.domain.cluster.ClusterSnapshot;
import aether.domain.cluster.ClusterState;
import aether.domain.cluster.ClusterStatus;
import aether.domain.cluster.EtcdMembers;
import aether.domain.organization.OrganizationCommand;
import aether.domain.organization.OrganizationDecider;
import aether.domain.organization.OrganizationId;
import aether.domain.organization.OrganizationRejection;
import aether.domain.organization.OrganizationState;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What the document of a cluster leads to. */
final class ClusterPlan {

    private final Document.Cluster document;

    private final StepDraft step;

    private ClusterPlan(Document.Cluster document, StepDraft step) {
        this.document = document;
        this.step = step;
    }

    static @Nullable Step of(Document.Cluster document, List<String> openRegions, StepDraft step) {
        OrganizationId organization = step.organization(document.organization());
        if (step.draft().region(document.region()).plan() == null) {
            step.broken(
                    "spec.region",
                    "region_unknown",
                    "Expected one of the open regions " + openRegions + ", but got '" + document.region() + "'.");
        }
        if (organization == null) {
            return null;
        }
        OrganizationState state = step.draft().organization(organization);
        ClusterPlan plan = new ClusterPlan(document, step);
        Optional<ClusterId> existing = state.clusterNamed(document.name());
        return existing.isPresent() ? plan.change(existing.get(), state) : plan.request(organization, state);
    }

    private @Nullable Step request(OrganizationId organization, OrganizationState state) {
        RestoreForm.Found restore =
                RestoreForm.find(document.restore(), document.version(), state, step.draft()::cluster);
        OrganizationRejection refused = restore.refused();
        if (refused != null) {
            step.broken(FieldPaths.cluster(refused.field()), refused.code(), refused.message());
            return null;
        }
        ClusterId id = Streams.clusterId(organization, document.name(), state);
        var request = new OrganizationCommand.RequestCluster(
                organization,
                id,
                document.name(),
                document.region(),
                document.version(),
                document.publicEndpoint(),
                Objects.requireNonNullElse(document.etcdMembers(), EtcdMembers.DEFAULT),
                restore.snapshot(),
                step.channel());
        step.accept(FieldPaths::cluster, OrganizationDecider.decide(state, request), request);
        ClusterFields fields = new ClusterFields(document, id, step);
        fields.calendar();
        fields.reach();
        fields.configure();
        fields.rotate();
        fields.pause();
        fields.sleep();
        return step.step(id.toString(), true);
    }

    private Step change(ClusterId id, OrganizationState organization) {
        begunWith(step.draft().cluster(id), organization);
        change(id);
        step.allow(step.draft().cluster(id));
        return step.step(id.toString(), false);
    }

    /** Left out, it is left as it is, as what a cluster keeps may be. */
    private void begunWith(ClusterState state, OrganizationState organization) {
        ClusterEvent.ClusterRequested made = state.request();
        RestoreForm asked = document.restore();
        if (made == null || asked == null || asked.means(made.restoredFrom(), organization)) {
            return;
        }
        ClusterSnapshot snapshot = made.restoredFrom();
        step.broken(
                "spec.restore_from",
                "immutable",
                "Expected "
                        + (snapshot == null
                                ? "none, for the cluster began empty"
                                : "'" + snapshot.clusterId() + "/" + snapshot.name()
                                        + "', which the cluster began with")
                        + ", but got '" + asked + "'; another snapshot means another cluster.");
    }

    private void change(ClusterId id) {
        ClusterState state = step.draft().cluster(id);
        ClusterEvent.ClusterRequested request = state.request();
        if (request == null || isLeaving(state)) {
            step.broken(
                    "metadata.name",
                    "wrong_status",
                    "Expected a cluster that is not being taken down, but '" + document.name() + "' is "
                            + state.status().published() + ".");
            return;
        }
        step.immutable("spec.region", request.region(), document.region());
        step.immutable("spec.public_endpoint", request.publicEndpoint(), document.publicEndpoint());
        if (document.etcdMembers() != null) {
            step.immutable("spec.etcd.members", request.etcdMembers(), document.etcdMembers());
        }
        ClusterFields fields = new ClusterFields(document, id, step);
        fields.calendar();
        if (Boolean.FALSE.equals(document.hibernated())) {
            fields.sleep();
        }
        if (!SleepPlan.isUpgradeForLater(document, state, step.channel())) {
            fields.version(request.version());
        }
        fields.reach();
        fields.configure();
        fields.rotate();
        fields.pause();
        if (Boolean.TRUE.equals(document.hibernated())) {
            fields.sleep();
        }
    }

    private static boolean isLeaving(ClusterState state) {
        return state.status() == ClusterStatus.DELETING || state.status() == ClusterStatus.DELETED;
    }
}
