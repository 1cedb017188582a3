package aether.sandbox.kubernetes;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The kinds every sandboxed API serves from the start: what a management cluster with cert-manager has, as far as
 * needed.
 */
public final class Types {
    public static final ResourceType NAMESPACE = core("namespaces", "Namespace", false, true, "ns");
    public static final ResourceType SECRET = core("secrets", "Secret", true, false);
    public static final ResourceType CONFIG_MAP = core("configmaps", "ConfigMap", true, false, "cm");
    public static final ResourceType SERVICE = core("services", "Service", true, true, "svc");
    public static final ResourceType NODE = core("nodes", "Node", false, true, "no");
    public static final ResourceType POD = core("pods", "Pod", true, true, "po");
    public static final ResourceType CLAIM = core("persistentvolumeclaims", "PersistentVolumeClaim", true, true, "pvc");
    public static final ResourceType DEPLOYMENT = workload("deployments", "Deployment", "deploy");
    public static final ResourceType STATEFUL_SET = workload("statefulsets", "StatefulSet", "sts");
    public static final ResourceType DAEMON_SET = workload("daemonsets", "DaemonSet", "ds");
    public static final ResourceType ISSUER = certManager("issuers", "Issuer", true);
    public static final ResourceType CLUSTER_ISSUER = certManager("clusterissuers", "ClusterIssuer", false);
    public static final ResourceType CERTIFICATE_REQUEST =
            certManager("certificaterequests", "CertificateRequest", true, "cr", "crs");
    public static final ResourceType CERTIFICATE = certManager("certificates", "Certificate", true, "cert");
    public static final ResourceType DEFINITION = new ResourceType(
            "apiextensions.k8s.io",
            "v1",
            "customresourcedefinitions",
            "CustomResourceDefinition",
            false,
            true,
            true,
            false,
            List.of("crd"));

    private static final String RBAC = "rbac.authorization.k8s.io";
    static final ResourceType ROLE = plain(RBAC, "roles", "Role", true, false);
    public static final ResourceType JOB =
            new ResourceType("batch", "v1", "jobs", "Job", true, true, true, false, List.of());
    public static final ResourceType CRON_JOB =
            new ResourceType("batch", "v1", "cronjobs", "CronJob", true, true, true, false, List.of("cj"));
    static final ResourceType ROLE_BINDING = plain(RBAC, "rolebindings", "RoleBinding", true, false);
    static final ResourceType CLUSTER_ROLE = plain(RBAC, "clusterroles", "ClusterRole", false, false);
    static final ResourceType CLUSTER_ROLE_BINDING =
            plain(RBAC, "clusterrolebindings", "ClusterRoleBinding", false, false);

    static final List<ResourceType> ALL = List.of(
            NAMESPACE,
            SECRET,
            CONFIG_MAP,
            SERVICE,
            NODE,
            POD,
            CLAIM,
            core("serviceaccounts", "ServiceAccount", true, false, "sa"),
            core("resourcequotas", "ResourceQuota", true, true, "quota"),
            core("limitranges", "LimitRange", true, false, "limits"),
            core("endpoints", "Endpoints", true, false, "ep"),
            core("events", "Event", true, false, "ev"),
            core("persistentvolumes", "PersistentVolume", false, true, "pv"),
            DEPLOYMENT,
            STATEFUL_SET,
            DAEMON_SET,
            JOB,
            CRON_JOB,
            plain("networking.k8s.io", "networkpolicies", "NetworkPolicy", true, true, "netpol"),
            new ResourceType(
                    "policy",
                    "v1",
                    "poddisruptionbudgets",
                    "PodDisruptionBudget",
                    true,
                    true,
                    true,
                    false,
                    List.of("pdb")),
            plain("scheduling.k8s.io", "priorityclasses", "PriorityClass", false, true, "pc"),
            ROLE,
            ROLE_BINDING,
            CLUSTER_ROLE,
            CLUSTER_ROLE_BINDING,
            plain("coordination.k8s.io", "leases", "Lease", true, false),
            plain(
                    "admissionregistration.k8s.io",
                    "validatingwebhookconfigurations",
                    "ValidatingWebhookConfiguration",
                    false,
                    true),
            plain(
                    "admissionregistration.k8s.io",
                    "mutatingwebhookconfigurations",
                    "MutatingWebhookConfiguration",
                    false,
                    true),
            ISSUER,
            CLUSTER_ISSUER,
            CERTIFICATE,
            CERTIFICATE_REQUEST,
            DEFINITION);

    static final Map<String, ResourceType> BY_ID =
            ALL.stream().collect(Collectors.toUnmodifiableMap(ResourceType::id, type -> type));

    private Types() {}

    /** Those of the given types that a lookup by group, version and plural name means. */
    static Stream<ResourceType> matching(Stream<ResourceType> types, String group, String version, String plural) {
        return types.filter(type -> type.group().equals(group)
                && type.version().equals(version)
                && type.plural().equals(plural.toLowerCase(Locale.ROOT)));
    }

    private static ResourceType core(
            String plural, String kind, boolean namespaced, boolean withStatus, String... shortNames) {
        return new ResourceType("", "v1", plural, kind, namespaced, withStatus, false, false, List.of(shortNames));
    }

    private static ResourceType workload(String plural, String kind, String shortName) {
        return new ResourceType("apps", "v1", plural, kind, true, true, true, false, List.of(shortName));
    }

    private static ResourceType certManager(String plural, String kind, boolean namespaced, String... shortNames) {
        return new ResourceType(
                "cert-manager.io", "v1", plural, kind, namespaced, true, true, true, List.of(shortNames));
    }

    private static ResourceType plain(
            String group, String plural, String kind, boolean namespaced, boolean counted, String... shortNames) {
        return new ResourceType(group, "v1", plural, kind, namespaced, false, counted, false, List.of(shortNames));
    }
}
