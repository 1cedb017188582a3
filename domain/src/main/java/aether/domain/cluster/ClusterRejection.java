package aether.domain.cluster;

import aether.domain.kernel.DnsLabel;
import aether.domain.kernel.KubernetesVersion;
import aether.domain.kernel.Rejection;
import java.time.Instant;

/** Why a command to a cluster was refused. */
public sealed interface ClusterRejection extends Rejection {

    /** There is no such cluster. */
    record UnknownCluster(ClusterId clusterId) implements ClusterRejection {
        @Override
        public String code() {
            return "cluster_unknown";
        }

        @Override
        public String message() {
            return "Expected an existing cluster, but there is none with id " + clusterId + ".";
        }

        @Override
        public String field() {
            return "cluster";
        }
    }

    /** The command does not fit where the cluster is in its life. */
    record WrongStatus(String wanted, ClusterStatus status) implements ClusterRejection {
        @Override
        public String code() {
            return "wrong_status";
        }

        @Override
        public String message() {
            return "Expected a cluster that is " + wanted + ", but it is " + status.published() + ".";
        }

        @Override
        public String field() {
            return "status";
        }
    }

    /** A pause would end before it begins, or too late. */
    record InvalidPause(Instant asked, Instant until) implements ClusterRejection {
        @Override
        public String code() {
            return "invalid_pause";
        }

        @Override
        public String message() {
            return "Expected an end after " + asked + " and at most " + ClusterPause.LONGEST.toDays()
                    + " days later, but got " + until + ".";
        }

        @Override
        public String field() {
            return "until";
        }
    }

    /** A window is none, or there are too many. */
    record InvalidMaintenanceWindows() implements ClusterRejection {
        @Override
        public String code() {
            return "invalid_maintenance_windows";
        }

        @Override
        public String message() {
            return "Expected at most " + MaintenanceWindow.MAX
                    + " windows such as 'sat,sun 02:00+4h' (UTC; 30 minutes to 24 hours), but got others.";
        }

        @Override
        public String field() {
            return "windows";
        }
    }

    /** Nothing long begins in a pause. */
    record Paused(Instant until) implements ClusterRejection {
        @Override
        public String code() {
            return "cluster_paused";
        }

        @Override
        public String message() {
            return "Expected a cluster that is not paused, but it is until " + until + "; resume it first.";
        }

        @Override
        public String field() {
            return "status";
        }
    }

    /**
     * A name for the API is none, or there are too many.
     *
     * @param message the sentence for a person
     */
    record InvalidApiNames(String message) implements ClusterRejection {
        @Override
        public String code() {
            return "invalid_api_names";
        }

        @Override
        public String field() {
            return "api_names";
        }
    }

    /**
     * A block of addresses is none, or there are too many.
     *
     * @param field which one
     * @param message the sentence for a person
     */
    record InvalidAuthorizedCidrs(String field, String message) implements ClusterRejection {
        @Override
        public String code() {
            return "invalid_authorized_cidrs";
        }
    }

    /**
     * A setting of the control plane cannot be used, or may not be.
     *
     * @param field its path in a request
     * @param message the sentence for a person
     */
    record InvalidSetting(String field, String message) implements ClusterRejection {
        @Override
        public String code() {
            return "invalid_setting";
        }
    }

    /**
     * No public authority certifies the domain, or nobody can own it.
     *
     * @param message the sentence for a person
     */
    record InvalidPublicDomain(String message) implements ClusterRejection {
        @Override
        public String code() {
            return "invalid_public_domain";
        }

        @Override
        public String field() {
            return "public_domain";
        }
    }

    /** The command comes before the stage it builds upon is over. */
    record StageNotReached(ProvisioningStage stage) implements ClusterRejection {
        @Override
        public String code() {
            return "stage_not_reached";
        }

        @Override
        public String message() {
            return "Expected '" + stage.done() + "' to be true first, but it is not.";
        }

        @Override
        public String field() {
            return "";
        }
    }

    /** The stage that is to be given up is over. */
    record StageOver(ProvisioningStage stage) implements ClusterRejection {
        @Override
        public String code() {
            return "stage_over";
        }

        @Override
        public String message() {
            return "Expected '" + stage.done() + "' to be still open, but it is true by now.";
        }

        @Override
        public String field() {
            return "stage";
        }
    }

    /** Another worker has taken the tenant over since. */
    record StaleLease(long epoch, long current) implements ClusterRejection {
        @Override
        public String code() {
            return "stale_lease";
        }

        @Override
        public String message() {
            return "Expected a report under the tenant's lease of epoch " + current + " or later, but it came under "
                    + epoch + ".";
        }

        @Override
        public String field() {
            return "epoch";
        }
    }

    /** The control plane runs another version than the one that was asked for. */
    record UnexpectedVersion(KubernetesVersion wanted, KubernetesVersion observed) implements ClusterRejection {
        @Override
        public String code() {
            return "unexpected_version";
        }

        @Override
        public String message() {
            return "Expected the control plane to run " + wanted + ", but it runs " + observed + ".";
        }

        @Override
        public String field() {
            return "version";
        }
    }

    /** This release cannot run the version. */
    record UnsupportedVersion(KubernetesVersion version) implements ClusterRejection {
        @Override
        public String code() {
            return "unsupported_version";
        }

        @Override
        public String message() {
            return "Expected a supported Kubernetes version " + KubernetesVersion.SUPPORTED + ", but got " + version
                    + ".";
        }

        @Override
        public String field() {
            return "k8s_version";
        }
    }

    /** The upgrade would go back, or skip a minor. */
    record ForbiddenUpgrade(KubernetesVersion from, KubernetesVersion to) implements ClusterRejection {
        @Override
        public String code() {
            return "forbidden_upgrade";
        }

        @Override
        public String message() {
            return "Expected a later patch of " + from.major() + "." + from.minor() + " or the next minor, but " + to
                    + " is neither from " + from + ".";
        }

        @Override
        public String field() {
            return "k8s_version";
        }
    }

    /** A kubelet would be older than the API server supports. */
    record KubeletLeftBehind(String pool, KubernetesVersion kubelet, KubernetesVersion target)
            implements ClusterRejection {
        @Override
        public String code() {
            return "kubelet_left_behind";
        }

        @Override
        public String message() {
            return "Expected kubelets that Kubernetes " + target + " supports, but those of node pool '" + pool
                    + "' run " + kubelet + "; replace its nodes first.";
        }

        @Override
        public String field() {
            return "k8s_version";
        }
    }

    /** The upgrade has gone too far to be abandoned. */
    record UpgradeIrreversible(ClusterUpgrade upgrade) implements ClusterRejection {
        @Override
        public String code() {
            return "upgrade_irreversible";
        }

        @Override
        public String message() {
            return "Expected an upgrade that can still be taken back, but the one to " + upgrade.to()
                    + switch (upgrade.phase()) {
                        case ETCD -> " moves etcd, whose data is never taken back";
                        case NODES -> " has moved the whole control plane, and nodes follow";
                        case PREPARING, API_SERVERS, SERVING, CONTROLLERS ->
                            " serves already, and may have stored objects that " + upgrade.from() + " cannot read";
                    }
                    + ".";
        }

        @Override
        public String field() {
            return "status";
        }
    }

    /**
     * The groups of a credential are not fit.
     *
     * @param message the sentence for a person
     */
    record InvalidGroups(String message) implements ClusterRejection {
        @Override
        public String code() {
            return "invalid_groups";
        }

        @Override
        public String field() {
            return "groups";
        }
    }

    /** What stands beside a reason is kept for ever, so it is the number of a case and never a sentence. */
    record InvalidReference(int length) implements ClusterRejection {
        @Override
        public String code() {
            return "invalid_reference";
        }

        @Override
        public String message() {
            return "Expected the number of a case, such as INC-2026-17, or nothing, but got " + length
                    + " other characters.";
        }

        @Override
        public String field() {
            return "reference";
        }
    }

    /** The text is not a DNS label. */
    record InvalidPoolName(String name) implements ClusterRejection {
        @Override
        public String code() {
            return "invalid_name";
        }

        @Override
        public String message() {
            return DnsLabel.expected(name);
        }

        @Override
        public String field() {
            return "name";
        }
    }

    /** Another pool of the cluster has the name. */
    record PoolNameTaken(String name) implements ClusterRejection {
        @Override
        public String code() {
            return "name_taken";
        }

        @Override
        public String message() {
            return "Expected a name that is free in the cluster, but '" + name + "' is taken.";
        }

        @Override
        public String field() {
            return "name";
        }
    }

    /** The size or shape of a pool is out of bounds. */
    record InvalidPool(String field, String message) implements ClusterRejection {
        @Override
        public String code() {
            return "out_of_range";
        }
    }

    /** Two changes of what everything depends on are not made at once. */
    record AuthorityRotating(CertificateAuthority authority, ClusterAuthority.Phase phase) implements ClusterRejection {
        @Override
        public String code() {
            return "authority_rotating";
        }

        @Override
        public String message() {
            return "Expected no rotation of the " + authority.shown() + " under way, but one is "
                    + phase.name().toLowerCase(java.util.Locale.ROOT) + ".";
        }

        @Override
        public String field() {
            return "status";
        }
    }

    /** A key that is exchanged is not left half way. */
    record KeyRotating(ClusterKey key, KeyRotation.Phase phase) implements ClusterRejection {
        @Override
        public String code() {
            return "key_rotating";
        }

        @Override
        public String message() {
            return "Expected no rotation of the " + key.shown() + " under way, but one is "
                    + phase.name().toLowerCase(java.util.Locale.ROOT)
                    + (phase == KeyRotation.Phase.REPLACING && key.isCompletedByTheCustomer()
                            ? "; complete it first."
                            : ".");
        }

        @Override
        public String field() {
            return "status";
        }
    }

    /** Completing a rotation now would cut off whoever knows the old CA only, or there is none. */
    record RotationNotPrepared(CertificateAuthority authority, ClusterAuthority.Phase phase)
            implements ClusterRejection {
        @Override
        public String code() {
            return "rotation_not_prepared";
        }

        @Override
        public String message() {
            return "Expected a rotation of the " + authority.shown() + " that is prepared, but "
                    + (phase == ClusterAuthority.Phase.STEADY
                            ? "none is under way."
                            : "it is still " + phase.name().toLowerCase(java.util.Locale.ROOT) + ".");
        }

        @Override
        public String field() {
            return "status";
        }
    }

    /** Completing a rotation now would refuse tokens that were made a moment ago, or there is none. */
    record KeyRotationNotPrepared(ClusterKey key, KeyRotation.Phase phase) implements ClusterRejection {
        @Override
        public String code() {
            return "rotation_not_prepared";
        }

        @Override
        public String message() {
            return "Expected a rotation of the " + key.shown() + " that is replacing, but "
                    + (phase == KeyRotation.Phase.STEADY
                            ? "none is under way."
                            : "it is still " + phase.name().toLowerCase(java.util.Locale.ROOT) + ".");
        }

        @Override
        public String field() {
            return "status";
        }
    }

    /** Nobody outside verifies with this CA, so nobody has to be waited for. */
    record RotationCompletesItself(CertificateAuthority authority) implements ClusterRejection {
        @Override
        public String code() {
            return "rotation_completes_itself";
        }

        @Override
        public String message() {
            return "Expected a CA whose rotation is completed by you, but that of the " + authority.shown()
                    + " completes itself.";
        }

        @Override
        public String field() {
            return "authority";
        }
    }

    /** Nobody outside holds what this key made, so nobody has to be waited for. */
    record KeyRotationCompletesItself(ClusterKey key) implements ClusterRejection {
        @Override
        public String code() {
            return "rotation_completes_itself";
        }

        @Override
        public String message() {
            return "Expected a key whose rotation is completed by you, but that of the " + key.shown()
                    + " completes itself.";
        }

        @Override
        public String field() {
            return "status";
        }
    }
}
