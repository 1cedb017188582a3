package aether.command.manifest;

import aether.domain.cluster.ExtraArgs;
import aether.domain.cluster.MaintenanceWindow;
import aether.domain.cluster.OidcSettings;
import aether.domain.kernel.KubernetesVersion;
import aether.domain.machine.MachineShape;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One document of a manifest: what somebody wants to be there. */
sealed interface Document {

    /** Its place in the file, from 0. */
    int index();

    /** Its name. */
    String name();

    /** What tells it from every other document of the file. */
    String key();

    /** The path of one of its fields. */
    default String path(String field) {
        return "documents[" + index() + "]." + field;
    }

    /**
     * An organization.
     *
     * @param name the slug
     * @param shownName the name that people read; absent to leave it as it is
     */
    record Organization(int index, String name, @Nullable String shownName) implements Document {
        @Override
        public String key() {
            return "Organization " + name;
        }

        Optional<String> displayName() {
            return Optional.ofNullable(shownName);
        }
    }

    /**
     * A cluster of the organization with the slug.
     *
     * @param etcdMembers how many members its etcd has; null when the document does not say
     * @param restore the snapshot that it begins with; null when the document does not say
     * @param apiNames further names of its API; null to leave them as they are
     * @param authorizedCidrs from where its API may be reached; null to leave it as it is
     * @param publicDomain the customer's own domain for it; null to leave it as it is
     * @param oidc its identity provider; null to leave it as it is
     * @param extraArgs arguments of its components; null to leave them as they are
     * @param hibernated whether it sleeps; null to leave it as it is
     * @param windows when it may be disturbed; null to leave it as it is
     * @param pause until when workers change nothing of it; null to leave it as it is
     * @param clusterAuthority the generation of the cluster CA; null to leave it as it is
     */
    record Cluster(
            int index,
            String organization,
            String name,
            String region,
            KubernetesVersion version,
            boolean publicEndpoint,
            @Nullable Integer etcdMembers,
            @Nullable RestoreForm restore,
            @Nullable List<String> apiNames,
            @Nullable List<String> authorizedCidrs,
            @Nullable String publicDomain,
            @Nullable OidcSettings oidc,
            @Nullable ExtraArgs extraArgs,
            @Nullable Boolean hibernated,
            @Nullable List<MaintenanceWindow> windows,
            LifeForm.@Nullable Pause pause,
            @Nullable Integer clusterAuthority)
            implements Document {
        @Override
        public String key() {
            return "Cluster " + organization + "/" + name;
        }
    }

    /** A node pool of the cluster. */
    record NodePool(int index, String organization, String cluster, String name, PoolSize size, MachineShape shape)
            implements Document {
        @Override
        public String key() {
            return "NodePool " + organization + "/" + cluster + "/" + name;
        }
    }
}
