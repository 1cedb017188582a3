package aether.reconcile.controlplane;

import aether.reconcile.render.Labels;
import aether.reconcile.render.Pods;
import aether.reconcile.render.Rendered;
import aether.reconcile.render.TenantNames;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudgetBuilder;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One Deployment of the control plane.
 *
 * @param certificates hash of the certificates it mounts
 */
record Workload(
        String name,
        int replicas,
        List<Container> containers,
        List<Volume> volumes,
        Map<String, String> annotations,
        String certificates) {

    /** Keeps all but one where they are while nodes are drained; a single one would block the drain for ever. */
    Optional<Rendered> budget(DesiredControlPlane desired) {
        if (replicas < 2) {
            return Optional.empty();
        }
        return Optional.of(Rendered.of(new PodDisruptionBudgetBuilder()
                .withNewMetadata()
                .withNamespace(TenantNames.namespace(desired.clusterId()))
                .withName(name)
                .withLabels(Labels.of(desired.organizationId(), desired.clusterId(), name))
                .endMetadata()
                .withNewSpec()
                .withMaxUnavailable(new IntOrString(1))
                .withNewSelector()
                .withMatchLabels(Map.of(Labels.NAME, name))
                .endSelector()
                .endSpec()
                .build()));
    }

    /**
     * The Deployment.
     *
     * @param runs whether it has pods now; what its pods would be like stands in it either way
     */
    Rendered render(DesiredControlPlane desired, boolean runs) {
        Map<String, String> labels = Labels.of(desired.organizationId(), desired.clusterId(), name);
        return Rendered.of(new DeploymentBuilder()
                .withNewMetadata()
                .withNamespace(TenantNames.namespace(desired.clusterId()))
                .withName(name)
                .withLabels(labels)
                .withAnnotations(annotations.isEmpty() ? null : annotations)
                .endMetadata()
                .withNewSpec()
                .withReplicas(runs ? replicas : 0)
                .withNewSelector()
                .withMatchLabels(Map.of(Labels.NAME, name))
                .endSelector()
                .withNewStrategy()
                .withType("RollingUpdate")
                .withNewRollingUpdate() // the new pod serves before the old one goes
                .withMaxSurge(new IntOrString(1))
                .withMaxUnavailable(new IntOrString(0))
                .endRollingUpdate()
                .endStrategy()
                .withNewTemplate()
                .withNewMetadata()
                .withLabels(labels)
                .withAnnotations(Map.of(Pods.CERTIFICATES, certificates))
                .endMetadata()
                .withNewSpec()
                .withServiceAccountName(name)
                .withAutomountServiceAccountToken(false)
                .withTopologySpreadConstraints(Pods.spread(name))
                .withSecurityContext(Pods.security())
                .withContainers(containers)
                .withVolumes(volumes)
                .endSpec()
                .endTemplate()
                .endSpec()
                .build());
    }
}
