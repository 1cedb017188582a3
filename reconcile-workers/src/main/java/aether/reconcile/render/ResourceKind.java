package aether.reconcile.render;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A kind of object, as far as an address needs it.
 *
 * @param group empty for the core group
 * @param version the one that we write
 * @param olderVersions those of the same shape, newest first, for servers that do not serve ours; such a kind has to be
 *     discovered, every other one is served wherever we run
 */
public record ResourceKind(
        String group, String version, String kind, String plural, boolean namespaced, List<String> olderVersions) {

    /** A kind of one version. */
    public ResourceKind(String group, String version, String kind, String plural, boolean namespaced) {
        this(group, version, kind, plural, namespaced, List.of());
    }

    public static final ResourceKind NAMESPACE = core("Namespace", "namespaces", false);
    public static final ResourceKind SECRET = core("Secret", "secrets", true);
    public static final ResourceKind CONFIG_MAP = core("ConfigMap", "configmaps", true);
    public static final ResourceKind SERVICE = core("Service", "services", true);
    public static final ResourceKind SERVICE_ACCOUNT = core("ServiceAccount", "serviceaccounts", true);
    public static final ResourceKind RESOURCE_QUOTA = core("ResourceQuota", "resourcequotas", true);
    public static final ResourceKind NETWORK_POLICY =
            new ResourceKind("networking.k8s.io", "v1", "NetworkPolicy", "networkpolicies", true);
    /** {@code policy/v1} came with 1.21. */
    public static final ResourceKind POD_DISRUPTION_BUDGET =
            new ResourceKind("policy", "v1", "PodDisruptionBudget", "poddisruptionbudgets", true, List.of("v1beta1"));

    public static final ResourceKind POD = core("Pod", "pods", true);
    public static final ResourceKind PERSISTENT_VOLUME_CLAIM =
            core("PersistentVolumeClaim", "persistentvolumeclaims", true);
    public static final ResourceKind NODE = core("Node", "nodes", false);
    public static final ResourceKind DEPLOYMENT = apps("Deployment", "deployments");
    public static final ResourceKind STATEFUL_SET = apps("StatefulSet", "statefulsets");
    public static final ResourceKind DAEMON_SET = apps("DaemonSet", "daemonsets");
    /** {@code batch/v1} came with 1.21. */
    public static final ResourceKind CRON_JOB =
            new ResourceKind("batch", "v1", "CronJob", "cronjobs", true, List.of("v1beta1"));

    public static final ResourceKind JOB = new ResourceKind("batch", "v1", "Job", "jobs", true);
    public static final ResourceKind ROLE = rbac("Role", "roles", true);
    public static final ResourceKind ROLE_BINDING = rbac("RoleBinding", "rolebindings", true);
    public static final ResourceKind CLUSTER_ROLE = rbac("ClusterRole", "clusterroles", false);
    public static final ResourceKind CLUSTER_ROLE_BINDING = rbac("ClusterRoleBinding", "clusterrolebindings", false);
    public static final ResourceKind ISSUER = new ResourceKind("cert-manager.io", "v1", "Issuer", "issuers", true);
    public static final ResourceKind CLUSTER_ISSUER =
            new ResourceKind("cert-manager.io", "v1", "ClusterIssuer", "clusterissuers", false);
    public static final ResourceKind CERTIFICATE =
            new ResourceKind("cert-manager.io", "v1", "Certificate", "certificates", true);

    /** Of tenants; workers read them and write none. */
    public static final ResourceKind VALIDATING_WEBHOOK_CONFIGURATION =
            admission("ValidatingWebhookConfiguration", "validatingwebhookconfigurations");

    public static final ResourceKind MUTATING_WEBHOOK_CONFIGURATION =
            admission("MutatingWebhookConfiguration", "mutatingwebhookconfigurations");

    /** Every kind that workers write or read. */
    public static final List<ResourceKind> ALL = List.of(
            NAMESPACE,
            SECRET,
            CONFIG_MAP,
            SERVICE,
            SERVICE_ACCOUNT,
            RESOURCE_QUOTA,
            NETWORK_POLICY,
            POD_DISRUPTION_BUDGET,
            POD,
            PERSISTENT_VOLUME_CLAIM,
            NODE,
            DEPLOYMENT,
            STATEFUL_SET,
            DAEMON_SET,
            CRON_JOB,
            JOB,
            ROLE,
            ROLE_BINDING,
            CLUSTER_ROLE,
            CLUSTER_ROLE_BINDING,
            ISSUER,
            CLUSTER_ISSUER,
            CERTIFICATE,
            VALIDATING_WEBHOOK_CONFIGURATION,
            MUTATING_WEBHOOK_CONFIGURATION);

    /** {@code group/version}, or the version alone for the core group. */
    public String apiVersion() {
        return group.isEmpty() ? version : group + "/" + version;
    }

    /**
     * Where an API server has the objects of this kind.
     *
     * @param namespace looked at by a kind that has them
     */
    public String path(String namespace) {
        return (group.isEmpty() ? "/api/" : "/apis/")
                + apiVersion()
                + (namespaced ? "/namespaces/" + namespace : "")
                + "/"
                + plural;
    }

    /** The same with one of its older versions. */
    public ResourceKind at(String other) {
        return new ResourceKind(group, other, kind, plural, namespaced, List.of());
    }

    /** The kind with these names. */
    public static Optional<ResourceKind> named(String apiVersion, String kind) {
        return ALL.stream()
                .filter(known ->
                        known.apiVersion().equals(apiVersion) && known.kind().equals(kind))
                .findFirst();
    }

    /** Kinds are parts of every key; those that are named here are mostly the very same. */
    @Override
    public boolean equals(@Nullable Object other) {
        return this == other
                || (other instanceof ResourceKind kinds
                        && kind.equals(kinds.kind)
                        && version.equals(kinds.version)
                        && group.equals(kinds.group)
                        && plural.equals(kinds.plural)
                        && namespaced == kinds.namespaced
                        && olderVersions.equals(kinds.olderVersions));
    }

    @Override
    public int hashCode() {
        return kind.hashCode();
    }

    private static ResourceKind core(String kind, String plural, boolean namespaced) {
        return new ResourceKind("", "v1", kind, plural, namespaced);
    }

    private static ResourceKind admission(String kind, String plural) {
        return new ResourceKind("admissionregistration.k8s.io", "v1", kind, plural, false);
    }

    private static ResourceKind apps(String kind, String plural) {
        return new ResourceKind("apps", "v1", kind, plural, true);
    }

    private static ResourceKind rbac(String kind, String plural, boolean namespaced) {
        return new ResourceKind("rbac.authorization.k8s.io", "v1", kind, plural, namespaced);
    }
}
