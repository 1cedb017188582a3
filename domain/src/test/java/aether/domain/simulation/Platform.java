package aether.domain.simulation;

import aether.domain.cluster.ClusterEvent;
import aether.domain.kernel.Command;
import aether.domain.kernel.DomainEvent;
import aether.domain.kernel.Outcome;
import aether.domain.machine.MachineEvent;
import aether.domain.network.NetworkEvent;
import aether.domain.nodepool.NodePoolEvent;
import aether.domain.nodepool.NodePoolId;
import aether.domain.process.ProcessTable;
import aether.domain.process.Progress;
import aether.domain.process.ProvisionCluster;
import aether.domain.process.RetireCluster;
import aether.domain.process.ScalePool;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** The log, the three processes behind one token, and the worker. */
final class Platform {

    /** Where the next send dies. */
    enum Death {
        /** Nowhere. */
        NONE,
        /** The command never leaves. */
        BEFORE_SENDING,
        /** The command arrives, the answer and the progress are lost. */
        AFTER_SENDING
    }

    private final MemoryLog log = new MemoryLog();
    private final Shell<ProvisionCluster.State, ProvisionCluster.Data> provision = new Shell<>(
            ProvisionCluster.TABLE,
            ClusterEvent.ClusterRequested.class,
            event -> Optional.of(clusterOf(event)),
            this::send);
    private final Shell<ScalePool.State, ScalePool.Data> scale =
            new Shell<>(ScalePool.TABLE, NodePoolEvent.NodePoolRequested.class, event -> poolOf(event), this::send);
    private final Shell<RetireCluster.State, RetireCluster.Data> retire = new Shell<>(
            RetireCluster.TABLE,
            ClusterEvent.ClusterDeletionRequested.class,
            event -> Optional.of(clusterOf(event)),
            this::send);
    private final List<Shell<?, ?>> shells = List.of(provision, scale, retire);
    private int token;
    private int sends;
    private int deathAt = -1;
    private Death death = Death.NONE;

    MemoryLog log() {
        return log;
    }

    List<Shell<?, ?>> shells() {
        return shells;
    }

    Shell<ProvisionCluster.State, ProvisionCluster.Data> provision() {
        return provision;
    }

    Shell<ScalePool.State, ScalePool.Data> scale() {
        return scale;
    }

    Shell<RetireCluster.State, RetireCluster.Data> retire() {
        return retire;
    }

    /** How many commands the processes have sent so far. */
    int sends() {
        return sends;
    }

    /** Lets the process die at a send that is still to come. */
    void dieAt(int send, Death how) {
        deathAt = send;
        death = how;
    }

    boolean hasNews() {
        return token < log.events().size();
    }

    /** Hands the next event to every process; a crash leaves the token where it was. */
    void step() {
        DomainEvent event = log.events().get(token);
        for (Shell<?, ?> shell : shells) {
            if (shell == scale && event instanceof ClusterEvent.AddonsInstalled installed) {
                addonsInstalled(installed);
            } else {
                shell.happened(event, token);
            }
        }
        token++;
    }

    private void addonsInstalled(ClusterEvent.AddonsInstalled installed) {
        Map<String, Progress<ScalePool.State, ScalePool.Data>> theirs = new HashMap<>(scale.kept());
        theirs.forEach((pool, progress) -> {
            ScalePool.Data data = progress.data();
            if (data != null && data.clusterId().equals(installed.clusterId())) {
                scale.happenedTo(pool, installed, token);
            }
        });
    }

    /** Hands the last events over once more, as a broker or a restart may. */
    void repeat(int howMany) {
        token = Math.max(0, token - howMany);
    }

    /** The deadlines that run now, as things that may be let pass. */
    List<Runnable> deadlines() {
        List<Runnable> running = new ArrayList<>();
        shells.forEach(shell ->
                shell.deadlines().forEach((instance, mark) -> running.add(() -> shell.passed(instance, mark))));
        return running;
    }

    /** Lets everything happen that can happen, without any deadline. */
    void settle() {
        int steps = 0;
        while (true) {
            if (steps++ > STEPS_MAX) {
                throw new IllegalStateException("Expected the platform to come to rest, but it goes on.");
            }
            if (hasNews()) {
                survive(this::step);
                continue;
            }
            List<Command> due = Worker.due(log);
            if (due.isEmpty()) {
                return;
            }
            due.forEach(log::send);
        }
    }

    /** Runs something that may die; what was sent before stays sent. */
    static void survive(Runnable mayDie) {
        try {
            mayDie.run();
        } catch (Crash e) {
            // The token and the kept progress are as before; the next step does the same again.
        }
    }

    private Outcome send(UUID id, Command command) {
        boolean here = sends++ == deathAt;
        if (here && death == Death.BEFORE_SENDING) {
            throw new Crash();
        }
        Outcome outcome = log.send(id, command);
        if (here && death == Death.AFTER_SENDING) {
            throw new Crash();
        }
        return outcome;
    }

    static boolean isOver(ProcessTable<?, ?> table, Progress<?, ?> progress) {
        return progress.state() != null && table.terminal().contains(progress.state());
    }

    private static String clusterOf(DomainEvent event) {
        return switch (event) {
            case ClusterEvent cluster -> cluster.clusterId().toString();
            case MachineEvent machine -> machine.clusterId().toString();
            case NodePoolEvent pool -> pool.clusterId().toString();
            case NetworkEvent.NetworkAllocated allocated ->
                allocated.clusterId().toString();
            default -> throw new IllegalArgumentException("Expected an event of a cluster, but got " + event);
        };
    }

    private static Optional<String> poolOf(DomainEvent event) {
        NodePoolId pool = switch (event) {
            case NodePoolEvent requested -> requested.poolId();
            case MachineEvent machine -> machine.poolId();
            default -> null;
        };
        return Optional.ofNullable(pool).map(NodePoolId::toString);
    }

    /** Far more than any of the scripts needs. */
    private static final int STEPS_MAX = 200_000;
}
