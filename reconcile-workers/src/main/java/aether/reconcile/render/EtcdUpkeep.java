package aether.reconcile.render;

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
 */
public record EtcdUpkeep(
        Schedule defragmentation,
        long quotaBytes,
        String metricsNamespace,
        @Nullable SnapshotStore snapshots) {

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
    }

    /** Where snapshots go. */
    public Optional<SnapshotStore> store() {
        return Optional.ofNullable(snapshots);
    }
}
