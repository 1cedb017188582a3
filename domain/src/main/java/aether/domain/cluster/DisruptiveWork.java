package aether.domain.cluster;

import aether.domain.kernel.KubernetesVersion;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What restarts parts of a cluster, and so may be asked to wait for a maintenance window. */
public enum DisruptiveWork {
    /** Another version; it has a target. */
    UPGRADE,
    /** Another cluster CA. */
    AUTHORITY_ROTATION,
    /** Another etcd CA. */
    ETCD_AUTHORITY_ROTATION,
    /** Another front-proxy CA. */
    FRONT_PROXY_AUTHORITY_ROTATION,
    /** Another key for Secrets at rest. */
    ENCRYPTION_KEY_ROTATION,
    /** Another key pair for tokens. */
    SERVICE_ACCOUNT_KEY_ROTATION;

    /** As it stands in addresses. */
    public String published() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The rotation of a key. */
    public static DisruptiveWork of(ClusterKey key) {
        return switch (key) {
            case ENCRYPTION -> ENCRYPTION_KEY_ROTATION;
            case SERVICE_ACCOUNT -> SERVICE_ACCOUNT_KEY_ROTATION;
        };
    }

    /** The rotation of a CA. */
    public static DisruptiveWork of(CertificateAuthority authority) {
        return switch (authority) {
            case CLUSTER -> AUTHORITY_ROTATION;
            case ETCD -> ETCD_AUTHORITY_ROTATION;
            case FRONT_PROXY -> FRONT_PROXY_AUTHORITY_ROTATION;
        };
    }

    /** As a sentence has it. */
    public String spoken(@Nullable KubernetesVersion target) {
        return switch (this) {
            case UPGRADE -> "upgrade to Kubernetes " + target;
            case AUTHORITY_ROTATION -> "rotation of the cluster CA";
            case ETCD_AUTHORITY_ROTATION -> "rotation of the etcd CA";
            case FRONT_PROXY_AUTHORITY_ROTATION -> "rotation of the front-proxy CA";
            case ENCRYPTION_KEY_ROTATION -> "rotation of the encryption key";
            case SERVICE_ACCOUNT_KEY_ROTATION -> "rotation of the service account key";
        };
    }

    /** The command that begins it. */
    ClusterCommand command(ClusterId cluster, @Nullable KubernetesVersion target) {
        return switch (this) {
            case UPGRADE -> {
                if (target == null) {
                    throw new IllegalArgumentException("Expected the version of an upgrade, but there is none.");
                }
                yield new ClusterCommand.UpgradeCluster(cluster, target);
            }
            case AUTHORITY_ROTATION -> new ClusterCommand.RotateAuthority(cluster, CertificateAuthority.CLUSTER);
            case ETCD_AUTHORITY_ROTATION -> new ClusterCommand.RotateAuthority(cluster, CertificateAuthority.ETCD);
            case FRONT_PROXY_AUTHORITY_ROTATION ->
                new ClusterCommand.RotateAuthority(cluster, CertificateAuthority.FRONT_PROXY);
            case ENCRYPTION_KEY_ROTATION -> new ClusterCommand.RotateKey(cluster, ClusterKey.ENCRYPTION);
            case SERVICE_ACCOUNT_KEY_ROTATION -> new ClusterCommand.RotateKey(cluster, ClusterKey.SERVICE_ACCOUNT);
        };
    }
}
