package aether.command.manifest;

import aether.domain.cluster.ClusterCommand;
import aether.domain.cluster.ClusterDecider;
import aether.domain.cluster.ClusterId;
import aether.domain.cluster.ClusterState;
import aether.domain.cluster.DisruptiveWork;
import aether.domain.kernel.KubernetesVersion;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What the fields of a cluster's document lead to that may change while it lives, in the order in which they are asked
 * for.
 */
final class ClusterFields {

    private static final String PAUSE = "spec.pause";

    private final Document.Cluster document;

    private final ClusterId id;

    private final StepDraft step;

    ClusterFields(Document.Cluster document, ClusterId id, StepDraft step) {
        this.document = document;
        this.id = id;
        this.step = step;
    }

    /** {@code maintenance_windows} and the end of a {@code pause}: what lets other changes of the document begin. */
    void calendar() {
        also("spec.maintenance_windows", state -> CalendarPlan.windows(document, id, state, step.now()));
        also(PAUSE, state -> CalendarPlan.resume(document, id, state));
    }

    /** {@code pause}: what keeps other changes back. */
    void pause() {
        also(PAUSE, state -> CalendarPlan.pause(document, id, state, step.channel(), step.now()));
    }

    /** {@code k8s_version}. */
    void version(KubernetesVersion made) {
        ClusterState state = state();
        if (!made.equals(document.version())) {
            accept(
                    state.maintenance().windows().isEmpty()
                            ? new ClusterCommand.UpgradeCluster(id, document.version())
                            : new ClusterCommand.AskForWork(
                                    id, step.now(), DisruptiveWork.UPGRADE, document.version()));
        } else if (state.maintenance().planned().containsKey(DisruptiveWork.UPGRADE)) {
            accept(new ClusterCommand.DropPlannedWork(id, DisruptiveWork.UPGRADE));
        }
    }

    /** {@code api_names}, {@code authorized_cidrs} and {@code public_domain}: by what and from where it is reached. */
    void reach() {
        set(document.apiNames(), ClusterState::apiNames, names -> new ClusterCommand.SetApiNames(id, names));
        set(
                document.authorizedCidrs(),
                ClusterState::authorizedCidrs,
                cidrs -> new ClusterCommand.SetAuthorizedCidrs(id, cidrs));
        set(
                document.publicDomain(),
                state -> state.publicName().domain(),
                domain -> new ClusterCommand.SetPublicDomain(id, domain));
    }

    /** {@code oidc} and {@code extra_args}. */
    void configure() {
        if (state().isKnown() && (document.oidc() != null || document.extraArgs() != null)) {
            accept(new ClusterCommand.ConfigureControlPlane(id, document.oidc(), document.extraArgs()));
        }
    }

    /** {@code rotations}. */
    void rotate() {
        also(RotationPlan.FIELD, state -> {
            RotationPlan plan = RotationPlan.of(document, id, state, step.channel(), step.now());
            step.refused(plan.refused());
            return plan.command();
        });
    }

    /** {@code hibernated}. */
    void sleep() {
        also("spec.hibernated", state -> {
            SleepPlan plan = SleepPlan.of(document, id, state, step.channel());
            step.refused(plan.refused());
            return plan.command();
        });
    }

    /** A field that is left as it is where the document does not say. */
    private <T> void set(@Nullable T wanted, Function<ClusterState, T> present, Function<T, ClusterCommand> command) {
        ClusterState state = state();
        if (wanted != null && state.isKnown() && !wanted.equals(present.apply(state))) {
            accept(command.apply(wanted));
        }
    }

    /** A field whose refusals are all shown at its own place. */
    private void also(String path, Function<ClusterState, Optional<ClusterCommand>> plan) {
        ClusterState state = state();
        if (state.isKnown()) {
            plan.apply(state)
                    .ifPresent(command -> step.accept(field -> path, ClusterDecider.decide(state, command), command));
        }
    }

    private void accept(ClusterCommand command) {
        step.accept(FieldPaths::cluster, ClusterDecider.decide(state(), command), command);
    }

    private ClusterState state() {
        return step.draft().cluster(id);
    }
}
