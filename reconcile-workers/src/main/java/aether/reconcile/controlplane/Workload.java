package aether.reconcile.controlplane;

import aether.reconcile.render.Labels;
import aether.reconcile.render.Pods;
import aether.reconcile.render.Rendered;
import aether.reconcile.render.TenantNames;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import java.util.List;
import java.util.Map;

/**
 * One Deployment of the control plane.
 *
 * @param certificates hash of the certificates it mounts
 */
record Workload(
        String name, Container container, List<Volume> volumes, Map<String, String> annotations, String certificates) {

    Rendered render(DesiredControlPlane desired) {
        Map<String, String> labels = Labels.of(desired.organizationId(), desired.clusterId(), name);
        return Rendered.of(new DeploymentBuilder()
                .withNewMetadata()
                .withNamespace(TenantNames.namespace(desired.clusterId()))
                .withName(name)
                .withLabels(labels)
                .withAnnotations(annotations.isEmpty() ? null : annotations)
                .endMetadata()
                .withNewSpec()
                .withReplicas(1)
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
                .withAutomountServiceAccountToken(false)
                .withSecurityContext(Pods.security())
                .withContainers(container)
                .withVolumes(volumes)
                .endSpec()
                .endTemplate()
                .endSpec()
                .build());
    }
}
