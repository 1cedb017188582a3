package aether.domain.simulation;

import aether.domain.cluster.ClusterEvent;
import aether.domain.kernel.Command;
import aether.domain.kernel.DomainEvent;
import aether.domain.kernel.Outcome;
import aether.domain.machine.MachineEvent;
import aether.domain.network.NetworkEvent;
import aether.domain.nodepool.NodePoolEvent;
import aether.domain.nodepool.NodePoolId;
import aether.domain.process.HibernateCluster;
import aether.domain.process.PoolData;
import aether.domain.process.ProcessTable;
import aether.domain.process.Progress;
import aether.domain.process.ProvisionCluster;
import aether.domain.process.RetireCluster;
import aether.domain.process.RotateAuthority;
import aether.domain.process.ScalePool;
import aether.domain.process.UpgradeCluster;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
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
    private final Shell<ScalePool.State, PoolData> scale =
            new Shell<>(ScalePool.TABLE, NodePoolEvent.NodePoolRequested.class, event -> poolOf(event), this::send);
    private final Shell<RetireCluster.State, RetireCluster.Data> retire = new Shell<>(
            RetireCluster.TABLE,
            ClusterEvent.ClusterDeletionRequested.class,
            event -> Optional.of(clusterOf(event)),
            this::send);
    private final Shell<UpgradeCluster.State, UpgradeCluster.Data> upgrade = new Shell<>(
            UpgradeCluster.TABLE,
            ClusterEvent.ClusterUpgradeStarted.class,
            event -> Optional.of(clusterOf(event)),
            this::send);
    private final Shell<RotateAuthority.State, RotateAuthority.Data> rotate = new Shell<>(
            RotateAuthority.TABLE,
            ClusterEvent.AuthorityRotationStarted.class,
            event -> Optional.of(clusterOf(event)),
            this::send);
    private final Shell<HibernateCluster.State, HibernateCluster.Data> hibernate = new Shell<>(
            HibernateCluster.TABLE,
            ClusterEvent.ClusterHibernationStarted.class,
            event -> Optional.of(clusterOf(event)),
            this::send);
    private final List<Shell<?, ?>> shells = List.of(provision, scale, retire, rotate, upgrade, hibernate);

    private record Deadline(Shell<?, ?> shell, String instance, long mark) {}

    private final Set<Deadline> everSet = new LinkedHashSet<>();
    private int eventTimes = 1;
    private boolean lateDeadlines;
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

    Shell<ScalePool.State, PoolData> scale() {
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

    /** Makes every event come so often. */
    void handEachEventOver(int times) {
        eventTimes = times;
    }

    /** Makes every deadline that was ever set come again after every event, when it is late. */
    void letEveryDeadlineComeLate() {
        lateDeadlines = true;
    }

    /** So many events or reports, then no more reports; a step during which the process dies is taken again. */
    void advance(int steps) {
        for (int step = 0; step < steps; step++) {
            if (hasNews()) {
                stepSurely();
            } else {
                Worker.due(log).stream().findFirst().ifPresent(log::send);
            }
        }
        while (hasNews()) {
            stepSurely();
        }
    }

    private void stepSurely() {
        int before = token;
        while (token == before) {
            survive(this::step);
        }
    }

    /** Lets every running deadline pass; one during which the process dies comes again. */
    void passAll() {
        for (Runnable deadline : deadlines()) {
            int before = sends;
            try {
                deadline.run();
            } catch (Crash e) {
                sends = before;
                deathAt = -1;
                deadline.run();
            }
        }
    }

    /** Hands the next event to every process; a crash leaves the token where it was. */
    void step() {
        for (int time = 0; time < eventTimes; time++) {
            handOver(log.events().get(token));
        }
        if (lateDeadlines) {
            Set<Deadline> running = new HashSet<>();
            shells.forEach(shell ->
                    shell.deadlines().forEach((instance, mark) -> running.add(new Deadline(shell, instance, mark))));
            everSet.addAll(running);
            everSet.stream()
                    .filter(deadline -> !running.contains(deadline))
                    .forEach(deadline -> deadline.shell().passed(deadline.instance(), deadline.mark()));
        }
        token++;
    }

    private void handOver(DomainEvent event) {
        for (Shell<?, ?> shell : shells) {
            if (shell == scale && event instanceof ClusterEvent.AddonsInstalled installed) {
                addonsInstalled(installed);
            } else {
                shell.happened(event, token);
            }
        }
    }

    private void addonsInstalled(ClusterEvent.AddonsInstalled installed) {
        Map<String, Progress<ScalePool.State, PoolData>> theirs = new HashMap<>(scale.kept());
        theirs.forEach((pool, progress) -> {
            PoolData data = progress.data();
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
