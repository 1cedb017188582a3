package aether.reconcile.controlplane;

import aether.domain.cluster.ClusterSnapshot;
import aether.reconcile.render.EtcdUpkeep;
import aether.reconcile.render.Pods;
import aether.reconcile.render.RenderingOptions;
import aether.reconcile.render.SnapshotStore;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeMount;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Lets the etcd of a new cluster begin with a snapshot, once. Its pods are begun again for years; only the first one
 * restores. One that was killed on the way leaves a data directory without the mark: etcdctl then refuses, and nobody
 * serves half a tenant.
 */
final class EtcdRestoreRendering {

    /** The container that needs the store. */
    static final String FETCH = "fetch";

    /** Written when all of the snapshot is there. */
    private static final String MARK = EtcdRendering.DATA_PLACE + "/restored";

    /** What is run stands in the arguments, so that no name is ever read by the shell. */
    private static final String UNLESS_RESTORED = "mark=$1; shift; [ -e \"$mark\" ] || exec \"$@\"";

    private static final String RESTORE_ONCE = "mark=$1; shift; [ -e \"$mark\" ] || { \"$@\" && : >\"$mark\"; }";

    private EtcdRestoreRendering() {}

    /** The volumes beside etcd's own; none for a cluster that begins empty. */
    static List<Volume> volumes(DesiredControlPlane desired, RenderingOptions options) {
        return options.upkeep()
                .filter(upkeep -> store(desired, options).isPresent())
                .map(upkeep -> List.of(EtcdUpkeepRendering.scratch(upkeep)))
                .orElse(List.of());
    }

    /** What runs before etcd; nothing for a cluster that begins empty. */
    static List<Container> containers(DesiredControlPlane desired, RenderingOptions options) {
        return store(desired, options)
                .flatMap(store -> desired.restoredFrom()
                        .map(snapshot -> List.of(fetch(store, snapshot), restore(desired, options))))
                .orElse(List.of());
    }

    /** Where the snapshot is fetched; empty for a cluster that begins empty, or where a site keeps no snapshots. */
    static Optional<SnapshotStore> store(DesiredControlPlane desired, RenderingOptions options) {
        return desired.restoredFrom().flatMap(unused -> options.upkeep()).flatMap(EtcdUpkeep::store);
    }

    private static Container fetch(SnapshotStore store, ClusterSnapshot snapshot) {
        List<String> copy = RcloneRendering.copy(RcloneRendering.at(store, snapshot.key()), EtcdUpkeepRendering.FILE);
        return RcloneRendering.container(FETCH, store, around(UNLESS_RESTORED, copy), mounts());
    }

    private static Container restore(DesiredControlPlane desired, RenderingOptions options) {
        List<String> command = new ArrayList<>(List.of(
                EtcdRendering.snapshotTool(desired),
                "snapshot",
                "restore",
                EtcdUpkeepRendering.FILE,
                "--name=" + EtcdRendering.member(desired),
                "--data-dir=" + EtcdRendering.DATA_DIRECTORY,
                // Another cluster than the one of the snapshot: members of the two never talk.
                "--initial-cluster-token=" + desired.clusterId()));
        command.addAll(EtcdRendering.membership(desired));
        return EtcdRendering.knowingItself(
                desired,
                Pods.task(
                        "restore",
                        EtcdRendering.image(desired, options),
                        around(RESTORE_ONCE, command),
                        Pods.requests("100m", "256Mi"),
                        mounts()));
    }

    private static List<VolumeMount> mounts() {
        return List.of(
                Pods.writable(EtcdRendering.DATA, EtcdRendering.DATA_PLACE),
                Pods.writable(EtcdUpkeepRendering.SCRATCH, EtcdUpkeepRendering.SCRATCH_PLACE));
    }

    private static List<String> around(String script, List<String> command) {
        return Stream.concat(Stream.of("sh", "-c", script, "restore-once", MARK), command.stream())
                .toList();
    }
}
