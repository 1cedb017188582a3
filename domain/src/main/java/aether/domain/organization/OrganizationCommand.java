package aether.domain.organization;

import aether.domain.cluster.Channel;
import aether.domain.cluster.ClusterId;
import aether.domain.cluster.ClusterSnapshot;
import aether.domain.cluster.EtcdMembers;
import aether.domain.kernel.Command;
import aether.domain.kernel.KubernetesVersion;
import aether.domain.kernel.Personal;
import org.jspecify.annotations.Nullable;

/** What may be asked of an organization. */
public sealed interface OrganizationCommand extends Command {

    /** The organization. */
    OrganizationId organizationId();

    @Override
    default String stream() {
        return organizationId().stream();
    }

    /** Changes the name that people read. */
    record RenameOrganization(OrganizationId organizationId, String name) implements OrganizationCommand {}

    /**
     * Asks for a cluster: claims its name and starts its life, or does neither.
     *
     * @param clusterId chosen by the caller, so that a retry makes nothing twice
     * @param name a DNS label, unique in the organization
     * @param region where it will run
     * @param publicEndpoint whether the API is also reachable from outside its private network
     * @param etcdMembers one of {@link EtcdMembers#ALLOWED}; the cluster keeps it
     * @param restoredFrom the snapshot that it begins with, of a cluster that is or was the organization's; absent for
     *     one that begins empty
     * @param channel how it is asked for, and will be changed
     */
    record RequestCluster(
            OrganizationId organizationId,
            ClusterId clusterId,
            String name,
            String region,
            KubernetesVersion version,
            boolean publicEndpoint,
            int etcdMembers,
            @Nullable ClusterSnapshot restoredFrom,
            Channel channel)
            implements OrganizationCommand {

        /** Asks for one that begins empty and does not say how many members its etcd has. */
        public RequestCluster(
                OrganizationId organizationId,
                ClusterId clusterId,
                String name,
                String region,
                KubernetesVersion version,
                boolean publicEndpoint,
                Channel channel) {
            this(organizationId, clusterId, name, region, version, publicEndpoint, EtcdMembers.DEFAULT, null, channel);
        }
    }

    /**
     * Says whom to write to about money.
     *
     * @param email an e-mail address
     */
    record SetBillingContact(OrganizationId organizationId, Personal email) implements OrganizationCommand {}

    /** Says that there is nobody to write to about money. */
    record RemoveBillingContact(OrganizationId organizationId) implements OrganizationCommand {}

    /** Gives the name of a deleted cluster back. */
    record ReleaseClusterName(OrganizationId organizationId, ClusterId clusterId) implements OrganizationCommand {}
}
