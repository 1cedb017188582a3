package aether.benchmarks;

import aether.domain.cluster.ClusterId;
import aether.reconcile.loop.LoopSettings;
import aether.reconcile.render.ObjectRef;
import aether.reconcile.render.ResourceKind;
import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Tenants requested at once on one real API server, beside the same objects applied raw: from the request until the
 * last object of the last tenant is there. Both sides have a fresh server with the same stand-ins.
 */
final class TenantsBenchmark {

    /** So few tell how many objects a tenant has. */
    private static final int FIRST = 10;

    /** The operator of a region is warm; this one spends half of its CPU on compiling itself for so many rounds. */
    private static final int WARM_UP_ROUNDS = 2;

    private static final double BOUND = 1.5;
    private static final double NANOS = 1e9;
    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final PrintStream out;

    TenantsBenchmark(PrintStream out) {
        this.out = out;
    }

    void run(int tenants, int rounds) throws Exception {
        Map<String, JsonNode> signed = SignedOnce.secrets();
        int each = objectsOfATenant(signed);
        out.printf("%d tenants of %d objects, %d at once%n", tenants, each, LoopSettings.DEFAULT.concurrency());
        Ratios ratios = new Ratios();
        for (int round = 1; round <= WARM_UP_ROUNDS; round++) {
            double ignored = round("warm-up " + round, signed, tenants, each);
        }
        for (int round = 1; round <= rounds; round++) {
            ratios.add(round("round " + round, signed, tenants, each));
        }
        out.println(ratios.atMost(tenants + " tenants at once over the same objects applied raw", BOUND));
    }

    private double round(String name, Map<String, JsonNode> signed, int tenants, int each) throws Exception {
        Measured workers = workers(signed, tenants, (long) tenants * each);
        Took raw = raw(signed, workers.written());
        double ratio = workers.took().seconds() / raw.seconds();
        out.printf(
                "%s: workers %s, %d writes, %d reads; raw %s; ratio %.2f, of CPU %.2f%n",
                name,
                workers.took(),
                workers.writes(),
                workers.reads(),
                raw,
                ratio,
                workers.took().cpu() / raw.cpu());
        return ratio;
    }

    private record Measured(Took took, long writes, long reads, Map<String, Map<ObjectRef, byte[]>> written) {}

    /**
     * How long a side took.
     *
     * @param own seconds of CPU of this process, whoever else is on the machine
     * @param server seconds of CPU of the server's programs
     */
    private record Took(double seconds, double own, double server) {

        double cpu() {
            return own + server;
        }

        @Override
        public String toString() {
            return String.format("%.1f s (CPU %.1f s and the server's %.1f s)", seconds, own, server);
        }
    }

    /** Measures from its making on. */
    private static final class Watch {
        private static final OperatingSystemMXBean PROCESS =
                ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);

        private final TenantServer server;
        private final double before;
        private final long cpu;
        private final long start;

        Watch(TenantServer server) {
            this.server = server;
            this.before = server.cpu();
            this.cpu = PROCESS.getProcessCpuTime();
            this.start = System.nanoTime();
        }

        Took took() {
            return new Took(
                    (System.nanoTime() - start) / NANOS,
                    (PROCESS.getProcessCpuTime() - cpu) / NANOS,
                    server.cpu() - before);
        }
    }

    static List<ClusterId> tenants(int count) {
        List<ClusterId> tenants = new ArrayList<>();
        for (int number = 0; number < count; number++) {
            tenants.add(new ClusterId(UUID.nameUUIDFromBytes(("tenant " + number).getBytes(StandardCharsets.UTF_8))));
        }
        return tenants;
    }

    /** How many objects a tenant has, once it rests. */
    private static int objectsOfATenant(Map<String, JsonNode> signed) throws Exception {
        try (TenantServer server = new TenantServer();
                StandIns others = new StandIns(server, signed);
                Operator operator = new Operator(server.settings(), true)) {
            others.awaitWatching();
            operator.request(tenants(FIRST));
            await(() -> operator.log().running() == FIRST, operator);
            long before;
            do {
                before = operator.recorded().writes();
                Thread.sleep(2_000);
            } while (operator.recorded().writes() > before);
            Map<String, Map<ObjectRef, byte[]>> written = operator.recorded().written();
            List<Integer> sizes =
                    written.values().stream().map(Map::size).distinct().toList();
            if (sizes.size() != 1) {
                throw new IllegalStateException("Expected as many objects for each tenant, but got " + sizes);
            }
            return sizes.getFirst();
        }
    }

    private Measured workers(Map<String, JsonNode> signed, int tenants, long objects) throws Exception {
        try (TenantServer server = new TenantServer();
                StandIns others = new StandIns(server, signed);
                Operator operator = new Operator(server.settings(), true)) {
            others.awaitWatching();
            Watch watch = new Watch(server);
            operator.request(tenants(tenants));
            await(() -> operator.recorded().objects() >= objects, operator);
            Measured measured = new Measured(
                    watch.took(),
                    operator.recorded().writes(),
                    operator.recorded().reads(),
                    operator.recorded().written());

            check(server, measured.written());
            return measured;
        }
    }

    private interface Reached {
        boolean yet();
    }

    private static void await(Reached reached, Operator operator) throws InterruptedException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!reached.yet()) {
            if (System.nanoTime() > end) {
                throw new IllegalStateException("Expected all tenants within " + PATIENCE + ", but "
                        + operator.recorded().objects() + " objects are there and "
                        + operator.log().running()
                        + " tenants run; " + operator.troubles());
            }
            Thread.sleep(5);
        }
    }

    /** The same objects, each tenant's in its order, as many tenants at once as keys are worked on. */
    private static Took raw(Map<String, JsonNode> signed, Map<String, Map<ObjectRef, byte[]>> written)
            throws IOException, InterruptedException, ExecutionException {
        try (TenantServer server = new TenantServer();
                StandIns others = new StandIns(server, signed);
                ExecutorService hands = Executors.newVirtualThreadPerTaskExecutor()) {
            List<List<Request>> bodies = written.values().stream()
                    .map(objects -> objects.entrySet().stream()
                            .map(entry -> Request.of(server, entry.getKey(), entry.getValue()))
                            .toList())
                    .toList();
            others.awaitWatching();
            Semaphore permits = new Semaphore(LoopSettings.DEFAULT.concurrency());
            Watch watch = new Watch(server);
            List<Future<?>> tasks = new ArrayList<>();
            for (List<Request> tenant : bodies) {
                tasks.add(hands.submit(() -> {
                    permits.acquireUninterruptibly();
                    try {
                        tenant.forEach(request -> request.send(server));
                    } finally {
                        permits.release();
                    }
                }));
            }
            for (Future<?> task : tasks) {
                Object ignored = task.get();
            }
            Took took = watch.took();
            check(server, written);
            return took;
        }
    }

    private record Request(String path, String body) {
        static Request of(TenantServer server, ObjectRef ref, byte[] body) {
            ObjectNode object = (ObjectNode) JSON.readTree(body);
            object.put("apiVersion", server.apiVersion(ref.kind()));
            return new Request(
                    server.path(ref.kind(), ref.namespace()) + "/" + ref.name() + "?fieldManager=aether&force=true",
                    object.toString());
        }

        void send(TenantServer server) {
            int answer =
                    server.send("PATCH", path, "application/apply-patch+yaml", body.getBytes(StandardCharsets.UTF_8));
            if (answer / 100 != 2) {
                throw new IllegalStateException("Expected to apply " + path + ", but the server answered " + answer);
            }
        }
    }

    /** The server itself has to say that everything is there. */
    private static void check(TenantServer server, Map<String, Map<ObjectRef, byte[]>> written) {
        Map<ResourceKind, Long> kinds = written.values().stream()
                .flatMap(objects -> objects.keySet().stream())
                .collect(Collectors.groupingBy(ObjectRef::kind, Collectors.counting()));
        Map<String, String> wanting = new TreeMap<>();
        kinds.forEach((kind, wanted) -> {
            int there = server.count(kind); // cert-manager's Secrets come on top
            if (there < wanted) {
                wanting.put(kind.plural(), there + " of " + wanted);
            }
        });
        if (!wanting.isEmpty()) {
            throw new IllegalStateException("Expected every object on the server, but there are " + wanting);
        }
    }
}
