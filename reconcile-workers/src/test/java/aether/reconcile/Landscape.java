package aether.reconcile;

import aether.domain.kernel.Command;
import aether.domain.kernel.DomainEvent;
import aether.domain.kernel.Outcome;
import aether.domain.simulation.MemoryLog;
import aether.reconcile.controlplane.TenantApiAddress;
import aether.reconcile.desired.DesiredWorld;
import aether.reconcile.desired.WorkKey;
import aether.reconcile.doubles.Breaker;
import aether.reconcile.doubles.BreakingHypervisor;
import aether.reconcile.doubles.BreakingKubeApi;
import aether.reconcile.doubles.Crash;
import aether.reconcile.hypervisor.Hypervisor;
import aether.reconcile.kube.KubeApi;
import aether.reconcile.kube.ManagementCluster;
import aether.reconcile.kube.TenantAccess;
import aether.reconcile.kube.TenantApis;
import aether.reconcile.lease.Leases;
import aether.reconcile.loop.OutsideFailure;
import aether.reconcile.loop.Throwables;
import aether.reconcile.loop.WorkOutcome;
import aether.reconcile.process.SagaHarness;
import aether.reconcile.publicname.Aliases;
import aether.reconcile.publicname.PublicNames;
import aether.reconcile.render.RenderingOptions;
import aether.reconcile.report.CommandPort;
import aether.reconcile.report.Reports;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A whole platform around the real sagas and workers, driven step by step: a log in memory that decides by the domain's
 * rules, and whatever world it is given. A crash throws away all that a process keeps in memory.
 */
public final class Landscape {

    /** Far more than any test needs; a test that reaches it has hung. */
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private static final Duration PAUSE = Duration.ofMillis(5);

    /** What the workers meet. */
    public record Outside(
            ManagementCluster cluster,
            TenantApis tenants,
            TenantApiAddress addresses,
            Hypervisor hypervisor,
            RenderingOptions rendering,
            @Nullable PublicNames publicNames,
            Aliases aliases) {

        /** A site that gives no public names. */
        public Outside(
                ManagementCluster cluster,
                TenantApis tenants,
                TenantApiAddress addresses,
                Hypervisor hypervisor,
                RenderingOptions rendering) {
            this(cluster, tenants, addresses, hypervisor, rendering, null, name -> "");
        }

        /** The same, giving public names. */
        public Outside with(PublicNames names, Aliases dns) {
            return new Outside(cluster, tenants, addresses, hypervisor, rendering, names, dns);
        }
    }

    private final MemoryLog log = new MemoryLog();
    private final Breaker breaker;
    private Outside outside;
    private final SagaHarness sagas;
    private final Map<String, String> troubles = new TreeMap<>();
    private DesiredWorld desired = new DesiredWorld();
    private Map<String, Long> sequences = new HashMap<>();
    private Workers workers;
    private int folded;
    private int delivered;
    private long epoch;
    private int crashes;
    private Duration ahead = Duration.ZERO;
    private final InstantSource clock = () -> Instant.now().plus(ahead);

    /** A platform in a world, whose effects break as the breaker says. */
    public Landscape(Outside outside, Breaker breaker) {
        this.outside = outside;
        this.breaker = breaker;
        this.sagas = SagaHarness.ofAll(port());
        this.workers = start();
    }

    private CommandPort port() {
        return new CommandPort() {
            @Override
            public Outcome send(UUID commandId, Command command, @Nullable UUID causation) {
                return breaker.around(
                        "send " + command.getClass().getSimpleName() + " " + command.stream(),
                        () -> log.send(commandId, command));
            }
        };
    }

    private Workers start() {
        epoch++;
        long mine = epoch;
        Leases leases = tenant -> mine;
        ManagementCluster cluster = new BreakingKubeApi("management", outside.cluster(), breaker);
        TenantApis tenants = new TenantApis() {
            @Override
            public KubeApi of(aether.domain.cluster.ClusterId clusterId, TenantAccess access) {
                return new BreakingKubeApi("tenant", outside.tenants().of(clusterId, access), breaker);
            }

            @Override
            public Optional<KubeApi> current(aether.domain.cluster.ClusterId clusterId) {
                return outside.tenants().current(clusterId).map(api -> new BreakingKubeApi("tenant", api, breaker));
            }

            @Override
            public void forget(aether.domain.cluster.ClusterId clusterId) {
                outside.tenants().forget(clusterId);
            }
        };
        return new Workers(
                desired,
                new Workers.World(
                        cluster,
                        tenants,
                        outside.addresses(),
                        new BreakingHypervisor(outside.hypervisor(), breaker),
                        leases,
                        new Reports(port(), tenant -> {}),
                        outside.rendering(),
                        outside.publicNames(),
                        outside.aliases(),
                        clock,
                        new Random(7)));
    }

    private void crash() {
        crashes++;
        desired = new DesiredWorld();
        sequences = new HashMap<>();
        folded = 0;
        workers = start();
    }

    /** Ends the process and starts another, which knows no more than the log. */
    public void restart() {
        crash();
    }

    /** The same, and the next process is set up like this. */
    public void restart(Outside next) {
        outside = next;
        crash();
    }

    /** The log. */
    public MemoryLog log() {
        return log;
    }

    /** How often the process died. */
    public int crashes() {
        return crashes;
    }

    /** What did not work at the last look, by key. */
    public Map<String, String> troubles() {
        return troubles;
    }

    /** Lets time pass for the workers. */
    public void pass(Duration time) {
        ahead = ahead.plus(time);
    }

    /** The sagas. */
    public SagaHarness sagas() {
        return sagas;
    }

    /** Sends a command as a customer would. */
    public void ask(Command command) {
        if (log.send(command) instanceof Outcome.Refused refused) {
            throw new AssertionError(refused);
        }
    }

    /** Runs until something is true. */
    public void runUntil(BooleanSupplier reached) throws Exception {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!reached.getAsBoolean()) {
            if (System.nanoTime() > end) {
                throw new AssertionError("It was not reached. Troubles: " + troubles + ", last events: "
                        + log.events()
                                .subList(
                                        Math.max(0, log.events().size() - 5),
                                        log.events().size()) + ", sagas: "
                        + sagas.kept() + " " + sagas.stopped());
            }
            step();
            Thread.sleep(PAUSE);
        }
    }

    /** One look at everything; a crash ends it early. */
    public void step() throws Exception {
        try {
            take();
            for (WorkKey key : desired.keys()) {
                note(key, look(key));
                take();
            }
            // Nobody looks any more at what is gone.
            troubles.keySet()
                    .retainAll(desired.keys().stream().map(WorkKey::toString).toList());
        } catch (Crash e) {
            crash();
        }
    }

    private WorkOutcome look(WorkKey key) throws InterruptedException {
        try {
            return workers.work(key);
        } catch (OutsideFailure e) {
            return Throwables.sort(e);
        }
    }

    private void note(WorkKey key, WorkOutcome outcome) {
        switch (outcome) {
            case WorkOutcome.Done unused -> troubles.remove(key.toString());
            case WorkOutcome.Unwatched unused -> troubles.remove(key.toString());
            case WorkOutcome.RequeueAfter later -> troubles.put(key.toString(), later.reason());
            case WorkOutcome.Failed failed -> troubles.put(key.toString(), failed.reason());
        }
    }

    private void take() throws Exception {
        while (folded < log.events().size()) {
            DomainEvent event = log.events().get(folded++);
            long sequence = sequences.merge(event.stream(), 1L, Long::sum) - 1;
            var ignored = desired.fold(event, sequence);
        }
        while (delivered < log.events().size()) {
            sagas.deliver(log.events().get(delivered), delivered);
            delivered++;
        }
        if (folded < log.events().size()) {
            take();
        }
    }
}
