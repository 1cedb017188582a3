package aether.reconcile.controlplane;

import aether.domain.cluster.CertificateAuthority;
import aether.reconcile.certificates.TenantCertificate;
import aether.reconcile.render.Labels;
import aether.reconcile.render.Pods;
import aether.reconcile.render.Rendered;
import aether.reconcile.render.RenderingOptions;
import aether.reconcile.render.TenantNames;
import aether.reconcile.render.TenantNetwork;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The tenant's controller-manager and scheduler, and how they find the API. */
final class ControllersRendering {

    static final String CONTROLLER_MANAGER = "kube-controller-manager";
    static final String SCHEDULER = "kube-scheduler";
    private static final String KUBECONFIGS = "control-plane-kubeconfigs";
    private static final int CONTROLLER_MANAGER_PORT = 10257;
    private static final int SCHEDULER_PORT = 10259;

    private ControllersRendering() {}

    /** Kubeconfigs that name mounted files instead of holding keys, so they are no secret and outlive a renewal. */
    static Rendered kubeconfigs(DesiredControlPlane desired) {
        return Rendered.of(new ConfigMapBuilder()
                .withNewMetadata()
                .withNamespace(TenantNames.namespace(desired.clusterId()))
                .withName(KUBECONFIGS)
                .withLabels(Labels.of(desired.organizationId(), desired.clusterId()))
                .endMetadata()
                .addToData(CONTROLLER_MANAGER, Kubeconfigs.withFiles(TenantCertificate.CONTROLLER_MANAGER))
                .addToData(SCHEDULER, Kubeconfigs.withFiles(TenantCertificate.SCHEDULER))
                .build());
    }

    static Rendered controllerManager(DesiredControlPlane desired, RenderingOptions options, String certificates) {
        String kubeconfig = "/etc/kubernetes/" + CONTROLLER_MANAGER;
        String signer = CertificateAuthority.CLUSTER.certificate(
                desired.authorities().cluster().signsClients());
        String pair =
                TenantCertificate.serviceAccount(desired.keys().serviceAccount().inUse());
        List<String> command = new ArrayList<>(List.of(
                CONTROLLER_MANAGER,
                "--kubeconfig=" + kubeconfig,
                "--authentication-kubeconfig=" + kubeconfig,
                "--authorization-kubeconfig=" + kubeconfig,
                "--allocate-node-cidrs=true",
                "--cluster-cidr=" + TenantNetwork.PODS,
                "--service-cluster-ip-range=" + TenantNetwork.SERVICES,
                "--cluster-name=" + desired.clusterId(),
                "--controllers=*,bootstrapsigner,tokencleaner",
                "--cluster-signing-cert-file=/pki/" + signer + "/tls.crt",
                "--cluster-signing-key-file=/pki/" + signer + "/tls.key",
                "--root-ca-file=" + ClusterTrust.file(),
                "--service-account-private-key-file=/pki/" + pair + "/tls.key",
                "--use-service-account-credentials=true",
                "--leader-elect=true",
                "--profiling=false"));
        command.addAll(MinorRow.of(desired.versions().controllers()).closePlainPorts());
        command.addAll(desired.settings().extraArgs().controllerManager());
        return new Workload(
                        CONTROLLER_MANAGER,
                        1,
                        List.of(Pods.container(
                                CONTROLLER_MANAGER,
                                options.image(
                                        CONTROLLER_MANAGER,
                                        "v" + desired.versions().controllers()),
                                command,
                                Pods.httpsProbe("/healthz", CONTROLLER_MANAGER_PORT),
                                Pods.requests("100m", "128Mi"),
                                List.of(
                                        Pods.readOnly(KUBECONFIGS, "/etc/kubernetes"),
                                        Pods.pki(ClusterTrust.NAME),
                                        Pods.pki(signer),
                                        Pods.pki(TenantCertificate.CONTROLLER_MANAGER),
                                        Pods.pki(pair)))),
                        List.of(
                                Pods.configMap(KUBECONFIGS),
                                Pods.configMap(ClusterTrust.NAME),
                                Pods.secret(signer, "tls.crt", "tls.key"),
                                Pods.secret(TenantCertificate.CONTROLLER_MANAGER, "tls.crt", "tls.key"),
                                Pods.secret(pair, "tls.key")),
                        Map.of(),
                        certificates)
                .render(desired, desired.hibernation().runsControllers());
    }

    static Rendered scheduler(DesiredControlPlane desired, RenderingOptions options, String certificates) {
        String kubeconfig = "/etc/kubernetes/" + SCHEDULER;
        List<String> command = new ArrayList<>(List.of(
                SCHEDULER,
                "--kubeconfig=" + kubeconfig,
                "--authentication-kubeconfig=" + kubeconfig,
                "--authorization-kubeconfig=" + kubeconfig,
                "--leader-elect=true",
                "--profiling=false"));
        command.addAll(MinorRow.of(desired.versions().controllers()).closePlainPorts());
        command.addAll(desired.settings().extraArgs().scheduler());
        return new Workload(
                        SCHEDULER,
                        1,
                        List.of(Pods.container(
                                SCHEDULER,
                                options.image(
                                        SCHEDULER, "v" + desired.versions().controllers()),
                                command,
                                Pods.httpsProbe("/healthz", SCHEDULER_PORT),
                                Pods.requests("50m", "64Mi"),
                                List.of(
                                        Pods.readOnly(KUBECONFIGS, "/etc/kubernetes"),
                                        Pods.pki(ClusterTrust.NAME),
                                        Pods.pki(TenantCertificate.SCHEDULER)))),
                        List.of(
                                Pods.configMap(KUBECONFIGS),
                                Pods.configMap(ClusterTrust.NAME),
                                Pods.secret(TenantCertificate.SCHEDULER, "tls.crt", "tls.key")),
                        Map.of(),
                        certificates)
                .render(desired, desired.hibernation().runsControllers());
    }
}
