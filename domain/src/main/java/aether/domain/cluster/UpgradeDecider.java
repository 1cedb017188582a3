package aether.domain.cluster;

import aether.domain.cluster.ClusterUpgrade.Phase;
import aether.domain.kernel.Decision;
import aether.domain.kernel.KubernetesVersion;
import aether.domain.nodepool.NodePoolId;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Decides the change of a cluster's version. A report that belongs to another phase is late, and changes nothing. */
final class UpgradeDecider {

    private UpgradeDecider() {}

    /** Asking for where an unfinished upgrade came from is asking to abandon it. */
    static Decision<ClusterRejection> upgrade(
            ClusterState state, KubernetesVersion wanted, ClusterCommand.UpgradeCluster upgrade) {
        ClusterUpgrade running = state.upgrade();
        if (upgrade.target().equals(wanted)) {
            return Decision.unchanged();
        }
        if (running != null && upgrade.target().equals(running.from())) {
            return abandon(state, upgrade.clusterId());
        }
        if (!upgrade.target().isSupported()) {
            return Decision.refuse(new ClusterRejection.UnsupportedVersion(upgrade.target()));
        }
        if (!wanted.mayMoveTo(upgrade.target())) {
            return Decision.refuse(new ClusterRejection.ForbiddenUpgrade(wanted, upgrade.target()));
        }
        Optional<ClusterRejection> rotating = AuthorityDecider.rotating(state);
        if (rotating.isPresent()) {
            return Decision.refuse(rotating.get());
        }
        if (state.status() != ClusterStatus.RUNNING) {
            return Decision.refuse(new ClusterRejection.WrongStatus("running", state.status()));
        }
        ClusterPause pause = state.pause();
        if (pause != null) {
            return Decision.refuse(new ClusterRejection.Paused(pause.until()));
        }
        return state.kubelets().entrySet().stream()
                .filter(kubelet -> !upgrade.target().serves(kubelet.getValue()))
                .min(Map.Entry.comparingByKey(Comparator.comparing(NodePoolId::toString)))
                .<Decision<ClusterRejection>>map(kubelet -> Decision.refuse(new ClusterRejection.KubeletLeftBehind(
                        pool(state, kubelet.getKey()), kubelet.getValue(), upgrade.target())))
                .orElseGet(() -> Decision.accept(
                        new ClusterEvent.ClusterUpgradeStarted(upgrade.clusterId(), wanted, upgrade.target())));
    }

    private static String pool(ClusterState state, NodePoolId id) {
        return state.pools().entrySet().stream()
                .filter(claim -> claim.getValue().equals(id))
                .map(Map.Entry::getKey)
                .findFirst()
                .orElseGet(id::toString);
    }

    static Decision<ClusterRejection> abandon(ClusterState state, ClusterId cluster) {
        ClusterUpgrade running = state.upgrade();
        if (running == null || state.status() != ClusterStatus.UPGRADING) {
            return Decision.refuse(new ClusterRejection.WrongStatus("upgrading", state.status()));
        }
        return running.isReversible()
                ? Decision.accept(new ClusterEvent.ClusterUpgradeAbandoned(cluster, running.to(), running.from()))
                : Decision.refuse(new ClusterRejection.UpgradeIrreversible(running));
    }

    static Decision<ClusterRejection> prepared(ClusterState state, ClusterCommand.RecordUpgradePrepared prepared) {
        return in(state, prepared.to(), Phase.PREPARING)
                ? Decision.accept(new ClusterEvent.ClusterUpgradePrepared(
                        prepared.clusterId(),
                        prepared.epoch(),
                        prepared.to(),
                        prepared.snapshot(),
                        prepared.etcdMoves()))
                : Decision.unchanged();
    }

    static Decision<ClusterRejection> etcd(ClusterState state, ClusterCommand.RecordEtcdUpgraded etcd) {
        return in(state, etcd.to(), Phase.ETCD)
                ? Decision.accept(new ClusterEvent.EtcdUpgraded(etcd.clusterId(), etcd.epoch(), etcd.to()))
                : Decision.unchanged();
    }

    static Decision<ClusterRejection> serving(ClusterState state, ClusterCommand.RecordUpgradeServing serving) {
        return in(state, serving.to(), Phase.API_SERVERS)
                ? Decision.accept(
                        new ClusterEvent.ClusterUpgradeServing(serving.clusterId(), serving.epoch(), serving.to()))
                : Decision.unchanged();
    }

    /** A rollout may be through before anybody saw its first server. */
    static Decision<ClusterRejection> apiServers(ClusterState state, ClusterCommand.RecordApiServersUpgraded servers) {
        return in(state, servers.to(), Phase.API_SERVERS) || in(state, servers.to(), Phase.SERVING)
                ? Decision.accept(
                        new ClusterEvent.ApiServersUpgraded(servers.clusterId(), servers.epoch(), servers.to()))
                : Decision.unchanged();
    }

    /** The control plane has settled: the nodes are next. */
    static Decision<ClusterRejection> settled(ClusterState state, ClusterCommand.RecordControlPlaneReady ready) {
        if (!in(state, ready.version(), Phase.CONTROLLERS)) {
            return Decision.unchanged();
        }
        List<NodePoolId> pools = state.pools().entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(Map.Entry::getValue)
                .toList();
        return Decision.accept(
                new ClusterEvent.ControlPlaneUpgraded(ready.clusterId(), ready.epoch(), ready.version(), pools));
    }

    static Decision<ClusterRejection> pool(ClusterState state, ClusterCommand.MarkPoolUpgraded pool) {
        KubernetesVersion kubelets = state.kubelets().get(pool.poolId());
        return kubelets != null && !kubelets.equals(pool.to()) && in(state, pool.to(), Phase.NODES)
                ? Decision.accept(new ClusterEvent.PoolUpgraded(pool.clusterId(), pool.poolId(), pool.to()))
                : Decision.unchanged();
    }

    static Decision<ClusterRejection> upgraded(ClusterState state, ClusterCommand.MarkUpgraded upgraded) {
        return in(state, upgraded.to(), Phase.NODES)
                ? Decision.accept(new ClusterEvent.ClusterUpgraded(upgraded.clusterId(), state.epoch(), upgraded.to()))
                : Decision.unchanged();
    }

    static Decision<ClusterRejection> delayed(ClusterState state, ClusterCommand.ReportUpgradeDelayed delayed) {
        ClusterUpgrade running = state.upgrade();
        return running != null && in(state, delayed.to(), running.phase())
                ? Decision.accept(
                        new ClusterEvent.ClusterUpgradeDelayed(delayed.clusterId(), delayed.to(), delayed.waitingFor()))
                : Decision.unchanged();
    }

    private static boolean in(ClusterState state, KubernetesVersion to, Phase phase) {
        @Nullable ClusterUpgrade running = state.upgrade();
        return running != null
                && state.status() == ClusterStatus.UPGRADING
                && running.phase() == phase
                && running.to().equals(to);
    }
}
