package aether.sandbox.hypervisor;

import aether.sandbox.control.KeyedLoop;
import aether.sandbox.journal.Journal;
import aether.sandbox.journal.Json;
import aether.sandbox.kubelet.TenantApis;
import aether.sandbox.kubernetes.World;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ScheduledExecutorService;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The simulated hypervisor: machines, the tasks that make them, and a ledger line for every effect. */
public final class Hypervisor implements AutoCloseable {
    /** The name in the journal. */
    public static final String NAME = Machines.NAME;

    private static final int VMID_MIN = 100;
    private static final int VMID_MAX = 999_999_999;

    private final Machines machines;
    private final World world;
    private final Duration diskCopy;
    private final KeyedLoop<Long> copying;
    private final Guests guests;
    private final Map<String, Integer> taskFailures = new HashMap<>();

    /**
     * A hypervisor that keeps itself in the journal.
     *
     * @param tenants where guests join
     * @param diskCopy how long a clone takes
     * @param boot how long a guest takes to come up
     */
    public Hypervisor(
            Journal journal,
            World world,
            TenantApis tenants,
            ScheduledExecutorService timer,
            Duration diskCopy,
            Duration boot,
            Duration retry) {
        this.machines = new Machines(journal);
        this.world = world;
        this.diskCopy = diskCopy;
        this.copying = new KeyedLoop<>("hypervisor", timer, retry, this::copy);
        this.guests = new Guests(machines, tenants, world, timer, boot, retry);
    }

    /** What takes the journal's rows. */
    public Journal.Participant journaled() {
        return machines;
    }

    /** Resumes what was running, then works. */
    public void start() {
        guests.start();
        machines.step(machines::runningTasks)
                .forEach(task -> copying.enqueue(task.path("number").asLong()));
        copying.start();
    }

    ObjectNode clone(ObjectNode asked) {
        int vmid = asked.path("vmid").asInt(0);
        String name = Json.text(asked, "name");
        if (vmid < VMID_MIN || vmid > VMID_MAX) {
            throw new Refused(400, "invalid", "Expected a vmid from 100 to 999999999, but got " + asked.path("vmid"));
        }
        if (!name.matches("[a-z0-9]([-a-z0-9.]{0,251}[a-z0-9])?")) {
            throw new Refused(400, "invalid", "Expected a machine name, but got " + asked.path("name"));
        }
        ObjectNode task = machines.step(() -> {
            if (machines.vm(vmid).isPresent()) {
                throw new Refused(409, "vmid_taken", "Expected vmid " + vmid + " to be free, but a machine has it");
            }
            return beginClone(vmid, name, asked);
        });
        copying.enqueue(task.path("number").asLong());
        return task;
    }

    private ObjectNode beginClone(int vmid, String name, ObjectNode asked) {
        ObjectNode vm = Json.object()
                .put("vmid", vmid)
                .put("uuid", uuid())
                .put("name", name)
                .put("cores", asked.path("cores").asInt(1))
                .put("memory_mb", asked.path("memory_mb").asInt(1024))
                .put("disk_gb", asked.path("disk_gb").asInt(10))
                .put("status", "cloning")
                .put("address", "")
                .put("boots", 0)
                .put("joined", false)
                .put("config_fetched", false)
                .put("created_at", world.clock().instant().toString());
        vm.putArray("tags").addAll(asked.path("tags").valueStream().toList());
        ObjectNode task = Json.object()
                .put("number", machines.nextTask())
                .put("id", "task-" + machines.nextTask())
                .put("kind", "clone")
                .put("vmid", vmid)
                .put("status", "running")
                .put("exit", "")
                .put("started_at", world.clock().instant().toString());
        ObjectNode row = Machines.row("vm", vm);
        row.set("task", task);
        machines.write(noting(row, "vm-cloned", vm));
        return task.deepCopy();
    }

    private String uuid() {
        byte[] bytes = new byte[16];
        world.chance().nextBytes(bytes);
        return UUID.nameUUIDFromBytes(bytes).toString();
    }

    private static ObjectNode noting(ObjectNode row, String effect, JsonNode vm) {
        row.putObject("effect")
                .put("effect", effect)
                .put("vmid", vm.path("vmid").asInt())
                .put("uuid", Json.text(vm, "uuid"))
                .put("name", Json.text(vm, "name"));
        return row;
    }

    private Optional<Duration> copy(long number) {
        return machines.step(() -> {
            Optional<ObjectNode> running = machines.task(number)
                    .filter(task -> Json.text(task, "status").equals("running"));
            if (running.isEmpty()) {
                return Optional.empty();
            }
            ObjectNode task = running.get();
            Instant done = Instant.parse(Json.text(task, "started_at")).plus(diskCopy);
            Duration left = Duration.between(world.clock().instant(), done);
            if (left.isPositive() && left.compareTo(diskCopy) <= 0) {
                return Optional.of(left);
            }
            finish(task);
            return Optional.empty();
        });
    }

    private void finish(ObjectNode task) {
        ObjectNode vm = machines.vm(task.path("vmid").asInt()).orElseThrow();
        ObjectNode row = Json.object();
        if (takeFailure("clone")) {
            row.put("removed", vm.path("vmid").asInt());
            task.put("status", "failed").put("exit", "the sandbox was told to fail this task");
            noting(row, "vm-clone-failed", vm);
        } else {
            vm.put("status", "stopped");
            row.set("vm", vm);
            task.put("status", "done").put("exit", "OK");
        }
        row.set("task", task);
        machines.write(row);
    }

    private synchronized boolean takeFailure(String kind) {
        int left = taskFailures.getOrDefault(kind, 0);
        taskFailures.put(kind, Math.max(0, left - 1));
        return left > 0;
    }

    /** The next tasks of this kind end as failed, and leave nothing behind. */
    public synchronized void failTask(String kind, int times) {
        taskFailures.put(kind, times);
    }

    ObjectNode configure(int vmid, ObjectNode config) {
        return machines.step(() -> {
            ObjectNode vm = settled(vmid, "");
            if (config.equals(vm.path("config"))) {
                return vm;
            }
            boolean newMachineConfig = !config.path("machine_config").equals(Json.at(vm, "config", "machine_config"));
            if (vm.path("config_fetched").asBoolean(false) && newMachineConfig) {
                throw new Refused(
                        409, "config_fetched", "Expected a machine that has not fetched its config, but it has");
            }
            vm.set("config", config);
            String address = Json.text(config, "address");
            vm.put("address", address.isEmpty() ? pooledAddress(vmid) : address);
            machines.write(noting(Machines.row("vm", vm), "vm-configured", vm));
            return vm;
        });
    }

    /** For a machine whose config has no address: from the hypervisor's own network, away from every plan. */
    private static String pooledAddress(int vmid) {
        return "10.255." + (vmid >> 8 & 0xff) + "." + (vmid & 0xff);
    }

    ObjectNode power(int vmid, boolean on, String uuid) {
        return machines.step(() -> {
            ObjectNode vm = settled(vmid, uuid);
            String wanted = on ? "running" : "stopped";
            if (Json.text(vm, "status").equals(wanted)) {
                return vm;
            }
            vm.put("status", wanted);
            if (on) {
                vm.put("boots", vm.path("boots").asInt(0) + 1)
                        .put("started_at", world.clock().instant().toString());
                if (Json.text(vm, "address").isEmpty()) {
                    vm.put("address", pooledAddress(vmid));
                }
            }
            machines.write(noting(Machines.row("vm", vm), on ? "vm-started" : "vm-stopped", vm));
            return vm;
        });
    }

    /** The machine stops by itself, as hardware does. */
    public void die(int vmid) {
        machines.step(() -> {
            ObjectNode vm = settled(vmid, "");
            vm.put("status", "stopped");
            machines.write(noting(Machines.row("vm", vm), "vm-died", vm));
            return vm;
        });
    }

    void delete(int vmid, String uuid) {
        machines.step(() -> {
            ObjectNode vm = settled(vmid, uuid);
            ObjectNode row = Json.object().put("removed", vmid);
            if (vm.path("joined").asBoolean(false)) {
                row.set("orphan", vm);
            }
            machines.write(noting(row, "vm-deleted", vm));
            return vm;
        });
    }

    /** The machine, if it exists, is the very one that was meant, and no task holds it. */
    private ObjectNode settled(int vmid, String uuid) {
        ObjectNode vm = machines.vm(vmid)
                .orElseThrow(() -> new Refused(404, "not_found", "Expected machine " + vmid + ", but there is none"));
        if (!uuid.isEmpty() && !uuid.equals(Json.text(vm, "uuid"))) {
            throw new Refused(
                    412,
                    "other_machine",
                    "Expected machine %d to be %s, but it is %s".formatted(vmid, uuid, Json.text(vm, "uuid")));
        }
        if (Json.text(vm, "status").equals("cloning")) {
            throw new Refused(409, "locked", "Expected machine " + vmid + " to be free, but a clone task holds it");
        }
        return vm;
    }

    /** All machines, without what only their guests may see. */
    public List<ObjectNode> list() {
        return machines.step(machines::vms).stream().map(Hypervisor::shown).toList();
    }

    Optional<ObjectNode> find(int vmid) {
        return machines.step(() -> machines.vm(vmid)).map(vm -> shown(vm).put("guest", guests.state(vmid)));
    }

    Optional<ObjectNode> task(long number) {
        return machines.step(() -> machines.task(number));
    }

    static ObjectNode shown(ObjectNode machine) {
        ObjectNode vm = machine.deepCopy();
        if (vm.get("config") instanceof ObjectNode config) {
            config.remove("machine_config");
        }
        return vm;
    }

    /** Whether nothing is left to do. */
    public boolean isIdle() {
        return copying.isIdle()
                && guests.isIdle()
                && machines.step(machines::runningTasks).isEmpty();
    }

    @Override
    public void close() {
        copying.close();
        guests.close();
    }
}
