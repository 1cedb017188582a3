package aether.reconcile.controlplane;

import aether.reconcile.render.Labels;
import aether.reconcile.render.Pods;
import aether.reconcile.render.Rendered;
import aether.reconcile.render.TenantNames;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.batch.v1.CronJobBuilder;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * One CronJob of the control plane.
 *
 * @param steps containers that run one after the other; the next one only when the one before did what it should
 */
record Chore(String name, String schedule, List<Container> steps, List<Volume> volumes) {

    /** One that was missed by more than this waits for its next turn. */
    private static final long LATEST = Duration.ofHours(1).toSeconds();

    /** A Job that hangs would keep the next one from beginning. */
    private static final long BOUND = Duration.ofMinutes(30).toSeconds();

    private static final int TRIES_AGAIN = 2;
    private static final int KEPT_FAILURES = 3;

    Rendered render(DesiredControlPlane desired) {
        Map<String, String> labels = Labels.of(desired.organizationId(), desired.clusterId(), name);
        return Rendered.of(new CronJobBuilder()
                .withNewMetadata()
                .withNamespace(TenantNames.namespace(desired.clusterId()))
                .withName(name)
                .withLabels(labels)
                .endMetadata()
                .withNewSpec()
                .withSchedule(schedule)
                .withConcurrencyPolicy("Forbid")
                .withStartingDeadlineSeconds(LATEST)
                .withSuccessfulJobsHistoryLimit(1)
                .withFailedJobsHistoryLimit(KEPT_FAILURES)
                .withNewJobTemplate()
                .withNewMetadata()
                .withLabels(labels)
                .endMetadata()
                .withNewSpec()
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
                .endSpec()
                .endJobTemplate()
                .endSpec()
                .build());
    }
}
