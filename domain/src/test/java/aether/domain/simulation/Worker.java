package aether.domain.simulation;

import aether.domain.cluster.CertificateAuthority;
import aether.domain.cluster.ClusterCommand;
import aether.domain.cluster.ClusterEvent;
import aether.domain.cluster.ClusterHibernation;
import aether.domain.cluster.ClusterId;
import aether.domain.cluster.ClusterKey;
import aether.domain.cluster.ClusterState;
import aether.domain.cluster.ClusterStatus;
import aether.domain.cluster.ClusterUpgrade;
import aether.domain.cluster.KeyRotation;
import aether.domain.cluster.MaintenanceDecider;
import aether.domain.cluster.ProvisioningStage;
import aether.domain.kernel.Command;
import aether.domain.machine.MachineCommand;
import aether.domain.machine.MachineId;
import aether.domain.machine.MachineState;
import aether.domain.machine.MachineStatus;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** A worker for which everything works at once: whatever the log wants to be true is, and is reported. */
final class Worker {

    private Worker() {}

    /** The reports that are due now, one per cluster and machine at most. */
    static List<Command> due(MemoryLog log) {
        List<Command> reports = new ArrayList<>();
        log.clusters().values().forEach(cluster -> report(cluster).ifPresent(reports::add));
        log.machines().values().forEach(machine -> report(machine).ifPresent(reports::add));
        return reports;
    }

    private static Optional<Command> report(ClusterState cluster) {
        if (cluster.wanted().contains(ClusterState.Wanted.REMOVAL)) {
            return Optional.of(new ClusterCommand.RecordControlPlaneRemoved(id(cluster), 1));
        }
        if (cluster.status() == ClusterStatus.DELETING
                || cluster.status() == ClusterStatus.FAILED
                || cluster.status() == ClusterStatus.DELETED) {
            return Optional.empty();
        }
        if (wants(cluster, ClusterState.Wanted.CERTIFICATES, ProvisioningStage.CERTIFICATES)) {
            return Optional.of(
                    new ClusterCommand.RecordCertificatesIssued(id(cluster), 1, "00", Instant.EPOCH.plusSeconds(1)));
        }
        for (ClusterEvent.WorkPlanned planned : cluster.maintenance().planned().values()) {
            if (MaintenanceDecider.isDue(cluster, planned, planned.opens())) {
                return Optional.of(new ClusterCommand.BeginPlannedWork(id(cluster), planned.work(), planned.opens()));
            }
        }
        if (cluster.hibernation().isUnderWay()) {
            return sleeping(id(cluster), cluster.hibernation());
        }
        ClusterUpgrade upgrade = cluster.upgrade();
        if (upgrade != null) {
            return upgrading(id(cluster), upgrade);
        }
        if (wants(cluster, ClusterState.Wanted.CONTROL_PLANE, ProvisioningStage.CONTROL_PLANE)) {
            return Optional.of(new ClusterCommand.RecordControlPlaneReady(
                    id(cluster), 1, Objects.requireNonNull(cluster.request()).version()));
        }
        Optional<Command> rotation = rotation(cluster);
        if (rotation.isPresent()) {
            return rotation;
        }
        for (ClusterKey key : ClusterKey.values()) {
            KeyRotation of = cluster.keys().of(key);
            boolean waits = of.phase() == KeyRotation.Phase.REPLACING && key.isCompletedByTheCustomer();
            if (of.isUnderWay() && !waits) {
                return Optional.of(
                        new ClusterCommand.RecordKeyPhaseDone(id(cluster), 1, key, of.successor(), of.phase()));
            }
        }
        return wants(cluster, ClusterState.Wanted.ADDONS, ProvisioningStage.ADDONS)
                ? Optional.of(new ClusterCommand.RecordAddonsInstalled(id(cluster), 1))
                : Optional.empty();
    }

    private static Optional<Command> sleeping(ClusterId id, ClusterHibernation hibernation) {
        return switch (hibernation.phase()) {
            case PREPARING ->
                Optional.of(new ClusterCommand.RecordHibernationPrepared(id, 1, hibernation.number(), ""));
            case API_STOPPING, ETCD_STOPPING, CERTIFICATES, ETCD_STARTING, API_STARTING, CONTROLLERS_STARTING ->
                Optional.of(new ClusterCommand.RecordHibernationPhaseDone(
                        id, 1, hibernation.number(), hibernation.phase()));
            case AWAKE, NODES_LEAVING, ASLEEP, NODES_JOINING -> Optional.empty();
        };
    }

    private static Optional<Command> upgrading(ClusterId id, ClusterUpgrade upgrade) {
        return switch (upgrade.phase()) {
            case PREPARING -> Optional.of(new ClusterCommand.RecordUpgradePrepared(id, 1, upgrade.to(), "", true));
            case ETCD -> Optional.of(new ClusterCommand.RecordEtcdUpgraded(id, 1, upgrade.to()));
            case API_SERVERS -> Optional.of(new ClusterCommand.RecordUpgradeServing(id, 1, upgrade.to()));
            case SERVING -> Optional.of(new ClusterCommand.RecordApiServersUpgraded(id, 1, upgrade.to()));
            case CONTROLLERS -> Optional.of(new ClusterCommand.RecordControlPlaneReady(id, 1, upgrade.to()));
            case NODES -> Optional.empty();
        };
    }

    private static Optional<Command> rotation(ClusterState cluster) {
        CertificateAuthority which = cluster.authorities().rotating().orElse(CertificateAuthority.CLUSTER);
        int next = cluster.authorities().of(which).successor();
        return switch (cluster.authorities().of(which).phase()) {
            case TRUSTING ->
                Optional.of(
                        new ClusterCommand.RecordAuthorityTrusted(id(cluster), 1, which, next, "00", Instant.EPOCH));
            case SIGNING -> Optional.of(new ClusterCommand.RecordAuthoritySigning(id(cluster), 1, which, next));
            case REISSUING ->
                Optional.of(new ClusterCommand.RecordAuthorityLeavesReissued(id(cluster), 1, which, next));
            case RETIRING -> Optional.of(new ClusterCommand.RecordAuthorityRetired(id(cluster), 1, which, next));
            case STEADY, REJOINING, PREPARED -> Optional.empty();
        };
    }

    private static boolean wants(ClusterState cluster, ClusterState.Wanted what, ProvisioningStage until) {
        return cluster.wanted().contains(what) && !cluster.reached().contains(until);
    }

    private static ClusterId id(ClusterState cluster) {
        return Objects.requireNonNull(cluster.request()).clusterId();
    }

    private static Optional<Command> report(MachineState machine) {
        MachineId id = Objects.requireNonNull(machine.reservation()).machineId();
        MachineStatus status = machine.status();
        return switch (status) {
            case RESERVED -> Optional.of(new MachineCommand.RecordMachineCloned(id, 1));
            case CLONED -> Optional.of(new MachineCommand.RecordMachineConfigured(id, 1));
            case CONFIGURED -> Optional.of(new MachineCommand.RecordMachineStarted(id, 1, "10.0.0.1"));
            case STARTED -> Optional.of(new MachineCommand.RecordMachineReady(id, 1));
            case RETIRING -> Optional.of(new MachineCommand.RecordMachineDeleted(id, 1));
            case READY, LOST, DELETED -> Optional.empty();
        };
    }
}
