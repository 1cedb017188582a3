package aether.sandbox.hypervisor;

import aether.sandbox.certificates.Pem;
import aether.sandbox.control.KeyedLoop;
import aether.sandbox.journal.Json;
import aether.sandbox.kubelet.TenantApis;
import aether.sandbox.kubernetes.World;
import java.security.GeneralSecurityException;
import java.security.cert.CertPathValidator;
import java.security.cert.CertificateFactory;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What runs inside the machines. A worker fetches its machine config once, verifies its cluster's certificate against
 * the CA in that config, and joins as a Node; then it is quiet. A machine that stops leaves a Node that is not ready, a
 * machine that is deleted leaves none.
 */
final class Guests implements AutoCloseable {
    private final Machines machines;
    private final TenantApis tenants;
    private final World world;
    private final Duration boot;
    private final Duration retry;
    private final KeyedLoop<Integer> loop;
    private final Map<Integer, String> states = new ConcurrentHashMap<>();
    /** What joined a real API server in this life of ours; a restart makes them join again. */
    private final Map<Integer, NodeAgent> agents = new ConcurrentHashMap<>();

    Guests(
            Machines machines,
            TenantApis tenants,
            World world,
            ScheduledExecutorService timer,
            Duration boot,
            Duration retry) {
        this.machines = machines;
        this.tenants = tenants;
        this.world = world;
        this.boot = boot;
        this.retry = retry;
        this.loop = new KeyedLoop<>("guests", timer, retry, this::reconcile);
    }

    void start() {
        machines.subscribe(loop::enqueue);
        machines.step(machines::vms).forEach(vm -> loop.enqueue(vm.path("vmid").asInt()));
        machines.step(machines::orphans)
                .forEach(vm -> loop.enqueue(vm.path("vmid").asInt()));
        tenants.onChange(namespace -> machines.step(machines::vms).stream()
                .filter(vm -> !vm.path("joined").asBoolean(false))
                .forEach(vm -> loop.enqueue(vm.path("vmid").asInt())));
        loop.start();
    }

    String state(int vmid) {
        return states.getOrDefault(vmid, "");
    }

    private Optional<Duration> reconcile(int vmid) {
        settleOrphans(vmid);
        Optional<ObjectNode> found = machines.step(() -> machines.vm(vmid));
        if (found.isEmpty() || !Json.text(found.get(), "config", "role").equals("worker")) {
            states.remove(vmid);
            agents.remove(vmid);
            return Optional.empty();
        }
        ObjectNode vm = found.get();
        boolean joined = vm.path("joined").asBoolean(false);
        if (!Json.text(vm, "status").equals("running")) {
            if (joined) {
                leave(vm);
            }
            states.remove(vmid);
            agents.remove(vmid);
            return Optional.empty();
        }
        if (joined) {
            states.put(vmid, "joined");
            return tenants.process(Json.text(vm, "config", "machine_config", "tenant_namespace"))
                    .map(address -> beat(vmid, vm, address));
        }
        Duration left = Duration.between(
                world.clock().instant(),
                Instant.parse(Json.text(vm, "started_at")).plus(boot));
        if (left.isPositive() && left.compareTo(boot) <= 0) {
            states.put(vmid, "booting");
            return Optional.of(left);
        }
        return join(vmid, vm);
    }

    private Optional<Duration> join(int vmid, ObjectNode vm) {
        if (!Json.at(vm, "config").has("machine_config")) {
            states.put(vmid, "waits for a machine config");
            return Optional.empty();
        }
        ObjectNode current = vm.path("config_fetched").asBoolean(false) ? vm : fetchConfig(vmid);
        JsonNode config = Json.at(current, "config", "machine_config");
        Optional<String> process = tenants.process(Json.text(config, "tenant_namespace"));
        if (process.isPresent()) {
            return Optional.of(joinProcess(vmid, current, process.get()));
        }
        Optional<TenantApis.TenantView> tenant = tenants.serving(Json.text(config, "tenant_namespace"));
        if (tenant.isEmpty()) {
            states.put(vmid, "waits for the API of " + Json.text(config, "tenant_namespace"));
            return Optional.of(retry);
        }
        if (!trusts(Json.text(config, "ca"), tenant.get().chain())) {
            states.put(vmid, "does not trust the certificate of " + tenant.get().address());
            return Optional.of(retry);
        }
        NodeObject.register(tenant.get().store(), current, tenant.get().version(), world.now());
        noteJoined(vmid, current);
        return Optional.empty();
    }

    /** Joins a real API server, step by step, and then keeps its heart beating. */
    private Duration joinProcess(int vmid, ObjectNode vm, String address) {
        Duration next = beat(vmid, vm, address);
        if (states.getOrDefault(vmid, "").equals("joined")) {
            noteJoined(vmid, vm);
        }
        return next;
    }

    private Duration beat(int vmid, ObjectNode vm, String address) {
        try {
            NodeAgent agent = agents.get(vmid);
            if (agent == null || !agent.belongsTo(vm)) {
                agent = NodeAgent.of(vm, address);
                agents.put(vmid, agent);
            }
            agent.beat(vm, world.now());
            states.put(vmid, "joined");
            return NodeAgent.HEARTBEAT;
        } catch (NodeAgent.NotYet notYet) {
            states.put(vmid, String.valueOf(notYet.getMessage()));
            return retry;
        }
    }

    private void noteJoined(int vmid, ObjectNode current) {
        JsonNode config = Json.at(current, "config", "machine_config");
        machines.step(
                () -> { // dying before this: the next look registers again, which changes nothing
                    machines.vm(vmid).filter(now -> same(now, current)).ifPresent(now -> {
                        now.put("joined", true);
                        ObjectNode row = Machines.row("vm", now);
                        row.putObject("effect")
                                .put("effect", "vm-joined")
                                .put("vmid", vmid)
                                .put("uuid", Json.text(now, "uuid"))
                                .put("name", Json.text(now, "name"))
                                .put("namespace", Json.text(config, "tenant_namespace"));
                        machines.write(row);
                    });
                    return vmid;
                });
    }

    private static boolean same(ObjectNode now, ObjectNode before) {
        return now.path("uuid").equals(before.path("uuid")) && now.path("boots").equals(before.path("boots"));
    }

    private ObjectNode fetchConfig(int vmid) {
        return machines.step(() -> {
            ObjectNode vm = machines.vm(vmid).orElseThrow();
            vm.put("config_fetched", true);
            ObjectNode row = Machines.row("vm", vm);
            row.putObject("effect")
                    .put("effect", "vm-config-fetched")
                    .put("vmid", vmid)
                    .put("uuid", Json.text(vm, "uuid"))
                    .put("name", Json.text(vm, "name"));
            machines.write(row);
            return vm.deepCopy();
        });
    }

    /** A config without a CA trusts blindly; one with a CA trusts what chains to it. */
    private boolean trusts(String ca, List<X509Certificate> chain) {
        if (ca.isEmpty()) {
            return true;
        }
        try {
            List<X509Certificate> anchors = Pem.certificates(ca);
            PKIXParameters parameters = new PKIXParameters(anchors.stream()
                    .map(anchor -> new TrustAnchor(anchor, null))
                    .collect(Collectors.toSet()));
            parameters.setRevocationEnabled(false);
            parameters.setDate(Date.from(world.clock().instant()));
            List<X509Certificate> path =
                    chain.stream().filter(link -> !anchors.contains(link)).toList();
            CertPathValidator.getInstance("PKIX")
                    .validate(CertificateFactory.getInstance("X.509").generateCertPath(path), parameters);
            return true;
        } catch (GeneralSecurityException | IllegalArgumentException untrusted) {
            return false;
        }
    }

    private void leave(ObjectNode vm) {
        tenants.storeOf(Json.text(vm, "config", "machine_config", "tenant_namespace"))
                .ifPresent(store -> NodeObject.lose(store, vm, world.now()));
        machines.step(() -> machines.vm(vm.path("vmid").asInt())
                .filter(now -> same(now, vm))
                .map(now -> {
                    now.put("joined", false);
                    machines.write(Machines.row("vm", now));
                    return now;
                }));
    }

    private void settleOrphans(int vmid) {
        for (ObjectNode orphan : machines.step(machines::orphans)) {
            if (orphan.path("vmid").asInt() == vmid) {
                tenants.storeOf(Json.text(orphan, "config", "machine_config", "tenant_namespace"))
                        .ifPresent(store -> NodeObject.remove(store, orphan));
                machines.step(() -> {
                    machines.write(Json.object().put("settled", Json.text(orphan, "uuid")));
                    return vmid;
                });
            }
        }
    }

    boolean isIdle() {
        return loop.isIdle();
    }

    @Override
    public void close() {
        loop.close();
    }
}
