package aether.sandbox.hypervisor;

import aether.sandbox.journal.Journal;
import aether.sandbox.journal.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Supplier;
import tools.jackson.databind.node.ObjectNode;

/**
 * What the hypervisor knows: machines, tasks, and the nodes that deleted machines have left behind. Rows are whole
 * states.
 */
final class Machines implements Journal.Participant {
    static final String NAME = "hypervisor";
    private final ReentrantLock lock = new ReentrantLock();
    private final Journal journal;
    private final Map<Integer, ObjectNode> vms = new TreeMap<>();
    private final Map<Long, ObjectNode> tasks = new TreeMap<>();
    private final Map<String, ObjectNode> orphans = new TreeMap<>();
    private final List<Consumer<Integer>> listeners = new ArrayList<>();
    private long lastTask;

    Machines(Journal journal) {
        this.journal = journal;
    }

    /** Runs a step under the lock; what it wrote is on disk afterwards. */
    <T> T step(Supplier<T> step) {
        T result;
        lock.lock();
        try {
            result = step.get();
        } finally {
            lock.unlock();
        }
        journal.force(journal.lastTicket());
        return result;
    }

    Optional<ObjectNode> vm(int vmid) {
        return Optional.ofNullable(vms.get(vmid)).map(ObjectNode::deepCopy);
    }

    List<ObjectNode> vms() {
        return vms.values().stream().map(ObjectNode::deepCopy).toList();
    }

    Optional<ObjectNode> task(long number) {
        return Optional.ofNullable(tasks.get(number)).map(ObjectNode::deepCopy);
    }

    List<ObjectNode> runningTasks() {
        return tasks.values().stream()
                .filter(task -> Json.text(task, "status").equals("running"))
                .map(ObjectNode::deepCopy)
                .toList();
    }

    List<ObjectNode> orphans() {
        return orphans.values().stream().map(ObjectNode::deepCopy).toList();
    }

    long nextTask() {
        return lastTask + 1;
    }

    /** Writes one row: any of vm, removed, task, orphan, adopted; with an effect if it has one. */
    void write(ObjectNode row) {
        journal.append(NAME, row);
        replay(row.deepCopy()); // the caller keeps its own
        int vmid = row.has("removed")
                ? row.path("removed").asInt()
                : Json.at(row, "vm", "vmid").asInt(0);
        listeners.forEach(listener -> listener.accept(vmid));
    }

    /** Calls back with the id of every machine that changes, under the lock. */
    void subscribe(Consumer<Integer> listener) {
        listeners.add(listener);
    }

    @Override
    public void replay(ObjectNode row) {
        if (row.get("vm") instanceof ObjectNode vm) {
            vms.put(vm.path("vmid").asInt(), vm);
        }
        if (row.has("removed")) {
            vms.remove(row.path("removed").asInt());
        }
        if (row.get("task") instanceof ObjectNode task) {
            long number = task.path("number").asLong();
            tasks.put(number, task);
            lastTask = Math.max(lastTask, number);
        }
        if (row.get("orphan") instanceof ObjectNode orphan) {
            orphans.put(Json.text(orphan, "uuid"), orphan);
        }
        if (row.has("settled")) {
            orphans.remove(Json.text(row, "settled"));
        }
    }

    @Override
    public void snapshot(Consumer<ObjectNode> rows) {
        vms.values().forEach(vm -> rows.accept(row("vm", vm)));
        tasks.values().forEach(task -> rows.accept(row("task", task)));
        orphans.values().forEach(orphan -> rows.accept(row("orphan", orphan)));
    }

    static ObjectNode row(String name, ObjectNode value) {
        ObjectNode row = Json.object();
        row.set(name, value);
        return row;
    }
}
