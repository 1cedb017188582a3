package aether.benchmarks;

import com.sun.management.OperatingSystemMXBean;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/** Tenants that want nothing: what they cost, and that nothing is written for them. */
final class SteadyBenchmark {

    private static final double CPU_BOUND = 0.05;
    private static final long HEAP_BOUND = 1L << 30;
    private static final Duration LOOK = Duration.ofSeconds(5);
    /** A tenant takes half a second here; ten times that is a fault. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private static final int MEBI = 1 << 20;

    private final PrintStream out;

    SteadyBenchmark(PrintStream out) {
        this.out = out;
    }

    void run(int tenants, int minutes) throws Exception {
        Map<String, JsonNode> signed = SignedOnce.secrets();
        try (TenantServer server = new TenantServer();
                Operator operator = new Operator(server.settings(), false)) {
            try (StandIns others = new StandIns(server, signed)) {
                others.awaitWatching();
                long start = System.nanoTime();
                operator.request(TenantsBenchmark.tenants(tenants));
                settle(operator, tenants);
                out.printf(
                        "%d tenants run after %.0f s; %d writes, %d reads%n",
                        tenants,
                        (System.nanoTime() - start) / 1e9,
                        operator.recorded().writes(),
                        operator.recorded().reads());
            }
            measure(server, operator, tenants, minutes);
        }
    }

    /** Until all run and nobody writes any more. */
    private static void settle(Operator operator, int tenants) throws InterruptedException {
        long end = System.nanoTime() + PATIENCE.multipliedBy(tenants).toNanos();
        long before;
        do {
            before = operator.recorded().writes();
            Thread.sleep(LOOK);
            if (System.nanoTime() > end) {
                throw new IllegalStateException("Expected " + tenants + " tenants to run, but "
                        + operator.log().running() + " do; " + operator.troubles());
            }
        } while (operator.log().running() < tenants || operator.recorded().writes() > before);
        Thread.sleep(LOOK.multipliedBy(2));
    }

    private void measure(TenantServer server, Operator operator, int tenants, int minutes) throws InterruptedException {
        OperatingSystemMXBean process = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
        Map<String, Long> writes = server.writes();
        long reads = operator.recorded().reads();
        long cpu = process.getProcessCpuTime();
        long start = System.nanoTime();
        Thread.sleep(Duration.ofMinutes(minutes));
        double core = (double) (process.getProcessCpuTime() - cpu) / (System.nanoTime() - start);
        long asked = operator.recorded().reads() - reads;
        Map<String, Long> more = new TreeMap<>();
        server.writes().forEach((what, count) -> {
            long before = writes.getOrDefault(what, 0L);
            if (count > before) {
                more.put(what, count - before);
            }
        });
        long written = more.values().stream().mapToLong(Long::longValue).sum();
        out.printf(
                "%d tenants for %d minutes: %d write requests%s; wanted 0: %s%n",
                tenants, minutes, written, more.isEmpty() ? "" : " " + more, Ratios.met(written == 0));
        out.printf(
                "CPU of the operator: %.2f %% of a core, %d reads; wanted less than 5: %s%n",
                core * 100, asked, Ratios.met(core < CPU_BOUND));
        System.gc();
        Thread.sleep(LOOK);
        System.gc();
        long heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
        out.printf(
                "heap after collection: %d MiB; wanted at most 1024: %s%n",
                heap / MEBI, Ratios.met(heap <= HEAP_BOUND));
    }
}
