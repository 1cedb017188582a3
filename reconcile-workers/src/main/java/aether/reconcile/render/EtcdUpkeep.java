package aether.reconcile.render;

import aether.domain.cluster.ClusterId;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How a site looks after the etcds of its tenants.
 *
 * @param defragmentation when space that was freed is given back
 * @param quotaBytes how much each may hold before it raises the alarm and takes no more
 * @param metricsNamespace the namespace whose pods may read etcd's metrics
 * @param snapshots where snapshots go; none are taken when absent
 * @param restores the snapshot that a new cluster begins with, as it is called below the destination
 */
public record EtcdUpkeep(
        Schedule defragmentation,
        long quotaBytes,
        String metricsNamespace,
        @Nullable SnapshotStore snapshots,
        Map<ClusterId, String> restores) {

    /** What we write ourselves: the cluster's id and the Job's name. */
    private static final Pattern SNAPSHOT = Pattern.compile("[a-z0-9-]+/[a-z0-9-]+\\.db");

    private static final Pattern LABEL = Pattern.compile("[a-z0-9]([a-z0-9-]*[a-z0-9])?");

    /** The disk is 8 GiB, and a restore or defragmentation needs the room once more. */
    private static final long MOST = 4L << 30;

    public EtcdUpkeep {
        if (quotaBytes < 1 || quotaBytes > MOST) {
            throw new IllegalArgumentException(
                    "Expected a quota of etcd from 1 to " + MOST + " bytes, but got " + quotaBytes + ".");
        }
        if (!LABEL.matcher(metricsNamespace).matches()) {
            throw new IllegalArgumentException(
                    "Expected the namespace that reads etcd's metrics, but got none or no name.");
        }
        restores = Map.copyOf(restores);
        if (!restores.isEmpty() && snapshots == null) {
            throw new IllegalArgumentException("Expected a store to restore from, but there is none.");
        }
        for (String snapshot : restores.values()) {
            if (!SNAPSHOT.matcher(snapshot).matches()) {
                throw new IllegalArgumentException(
                        "Expected CLUSTER/SNAPSHOT.db to restore from, but got something else.");
            }
        }
    }

    /** Where snapshots go. */
    public Optional<SnapshotStore> store() {
        return Optional.ofNullable(snapshots);
    }

    /** The snapshot that a cluster begins with. */
    public Optional<String> restore(ClusterId cluster) {
        return Optional.ofNullable(restores.get(cluster));
    }
}
