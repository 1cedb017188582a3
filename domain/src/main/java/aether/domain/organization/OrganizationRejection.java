package aether.domain.organization;

import aether.domain.cluster.EtcdMembers;
import aether.domain.kernel.DnsLabel;
import aether.domain.kernel.KubernetesVersion;
import aether.domain.kernel.Rejection;

/** Why a command to an organization or its slug was refused. */
public sealed interface OrganizationRejection extends Rejection {

    /** The text is not a DNS label. */
    record InvalidName(String field, String name) implements OrganizationRejection {
        @Override
        public String code() {
            return "invalid_name";
        }

        @Override
        public String message() {
            return DnsLabel.expected(name);
        }
    }

    /** The name that people read is empty or too long. */
    record InvalidDisplayName(String name) implements OrganizationRejection {
        @Override
        public String code() {
            return "invalid_display_name";
        }

        @Override
        public String message() {
            return "Expected a name of 1 to " + OrganizationDecider.MAX_DISPLAY_NAME_LENGTH
                    + " characters without control characters, but got " + name.length() + " characters.";
        }

        @Override
        public String field() {
            return "name";
        }
    }

    /**
     * The text is not an e-mail address; it is not repeated, because it may still name a person.
     *
     * @param length of the text in characters
     */
    record InvalidEmail(int length) implements OrganizationRejection {
        @Override
        public String code() {
            return "invalid_email";
        }

        @Override
        public String message() {
            return "Expected an e-mail address of at most " + OrganizationDecider.MAX_EMAIL_LENGTH
                    + " characters with one @ and no blanks, but got something else with " + length + " characters.";
        }

        @Override
        public String field() {
            return "email";
        }
    }

    /** Somebody else has the name. */
    record NameTaken(String field, String name) implements OrganizationRejection {
        @Override
        public String code() {
            return "name_taken";
        }

        @Override
        public String message() {
            return "Expected a name that is free, but '" + name + "' is taken.";
        }
    }

    /** There is no such organization. */
    record UnknownOrganization(OrganizationId organizationId) implements OrganizationRejection {
        @Override
        public String code() {
            return "organization_unknown";
        }

        @Override
        public String message() {
            return "Expected an existing organization, but there is none with id " + organizationId + ".";
        }

        @Override
        public String field() {
            return "organization";
        }
    }

    /** This release cannot run the version. */
    record UnsupportedVersion(KubernetesVersion version) implements OrganizationRejection {
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

    /** An etcd of that many members would be worse off than one of fewer. */
    record InvalidEtcdMembers(int members) implements OrganizationRejection {
        @Override
        public String code() {
            return "invalid_etcd_members";
        }

        @Override
        public String message() {
            return "Expected an etcd of " + EtcdMembers.ALLOWED + " members, but got " + members + ".";
        }

        @Override
        public String field() {
            return "etcd.members";
        }
    }

    /** No snapshot of ours is called so, and the name becomes part of a path and of a command. */
    record InvalidSnapshotName(String name) implements OrganizationRejection {
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
            return "restore_from.snapshot";
        }
    }

    /**
     * The organization never had that cluster. Whether another one has it is not said.
     *
     * @param cluster as it was named, or its id
     */
    record RestoreSourceUnknown(String cluster) implements OrganizationRejection {

        private static final int SHOWN = 64;

        @Override
        public String code() {
            return "restore_source_unknown";
        }

        @Override
        public String message() {
            String shown = cluster.length() <= SHOWN ? cluster : cluster.substring(0, SHOWN) + "…";
            return "Expected a cluster of the organization by its name, or by its id if it is deleted, but there is no"
                    + " '" + shown + "'.";
        }

        @Override
        public String field() {
            return "restore_from.cluster";
        }
    }

    /**
     * What a newer Kubernetes has written an older one may not be able to read.
     *
     * @param source what the cluster of the snapshot runs, or ran last
     */
    record RestoreIntoOlderVersion(KubernetesVersion source, KubernetesVersion wanted)
            implements OrganizationRejection {
        @Override
        public String code() {
            return "restore_into_older_version";
        }

        @Override
        public String message() {
            return "Expected Kubernetes " + source + " or newer, for the cluster of the snapshot was last wanted with"
                    + " that, but got " + wanted + ".";
        }

        @Override
        public String field() {
            return "k8s_version";
        }
    }
}
