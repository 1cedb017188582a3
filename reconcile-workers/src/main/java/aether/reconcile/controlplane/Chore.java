package aether.reconcile.controlplane;

import aether.reconcile.render.Labels;
import aether.reconcile.render.Pods;
import aether.reconcile.render.Rendered;
import aether.reconcile.render.TenantNames;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.batch.v1.CronJobBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.JobBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.JobSpec;
import io.fabric8.kubernetes.api.model.batch.v1.JobSpecBuilder;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * Something that is done for the control plane, by a pod that comes to an end.
 *
 * @param steps containers that run one after the other; the next one only when the one before did what it should
 */
record Chore(String name, List<Container> steps, List<Volume> volumes) {

    /** One that was missed by more than this waits for its next turn. */
    private static final long LATEST = Duration.ofHours(1).toSeconds();

    /** A Job that hangs would keep the next one from beginning. */
    private static final long BOUND = Duration.ofMinutes(30).toSeconds();

    /** How long one that was done once is there to be looked at. */
    private static final int KEPT = (int) Duration.ofDays(1).toSeconds();

    private static final int TRIES_AGAIN = 2;
    private static final int KEPT_FAILURES = 3;

    /** Does it again and again. */
    Rendered every(DesiredControlPlane desired, String schedule) {
        Map<String, String> labels = labels(desired);
        return Rendered.of(new CronJobBuilder()
                .withNewMetadata()
                .withNamespace(TenantNames.namespace(desired.clusterId()))
                .withName(name)
                .withLabels(labels)
                .endMetadata()
                .withNewSpec()
                .withSchedule(schedule)
                // Whoever sleeps is not disturbed; what was missed is not made up for.
                .withSuspend(desired.hibernation().runsApi() ? null : Boolean.TRUE)
                .withConcurrencyPolicy("Forbid")
                .withStartingDeadlineSeconds(LATEST)
                .withSuccessfulJobsHistoryLimit(1)
                .withFailedJobsHistoryLimit(KEPT_FAILURES)
                .withNewJobTemplate()
                .withNewMetadata()
                .withLabels(labels)
                .endMetadata()
                .withNewSpecLike(job(labels))
                .endSpec()
                .endJobTemplate()
                .endSpec()
                .build());
    }

    /** Does it once under that name. */
    Rendered once(DesiredControlPlane desired, String as) {
        Map<String, String> labels = labels(desired);
        return Rendered.of(new JobBuilder()
                .withNewMetadata()
                .withNamespace(TenantNames.namespace(desired.clusterId()))
                .withName(as)
                .withLabels(labels)
                .endMetadata()
                .withNewSpecLike(job(labels))
                .withTtlSecondsAfterFinished(KEPT)
                .endSpec()
                .build());
    }

    private Map<String, String> labels(DesiredControlPlane desired) {
        return Labels.of(desired.organizationId(), desired.clusterId(), name);
    }

    private JobSpec job(Map<String, String> labels) {
        return new JobSpecBuilder()
                .withBackoffLimit(TRIES_AGAIN)
                .withActiveDeadlineSeconds(BOUND)
                .withNewTemplate()
                .withNewMetadata()
                .withLabels(labels)
                .endMetadata()
                .withNewSpec()
                .withRestartPolicy("Never") // a pod that tries again begins with an empty disk
                .withServiceAccountName(name)
                .withAutomountServiceAccountToken(false)
                .withSecurityContext(Pods.security())
                .withInitContainers(steps.subList(0, steps.size() - 1))
                .withContainers(steps.getLast())
                .withVolumes(volumes)
                .endSpec()
                .endTemplate()
                .build();
    }
}
