package aether.sandbox.hypervisor;

import aether.sandbox.http.Answer;
import aether.sandbox.http.Faults;
import aether.sandbox.http.Request;
import aether.sandbox.journal.Json;
import aether.sandbox.journal.Ledger;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The hypervisor over HTTP, under {@code /hypervisor}. */
public final class HypervisorDoor {
    private static final Set<String> CLONE_FIELDS = Set.of("vmid", "name", "tags", "cores", "memory_mb", "disk_gb");
    private final Hypervisor hypervisor;
    private final Ledger ledger;
    private final Faults faults;

    public HypervisorDoor(Hypervisor hypervisor, Ledger ledger, Faults faults) {
        this.hypervisor = hypervisor;
        this.ledger = ledger;
        this.faults = faults;
    }

    /** The answer to a request whose path begins with {@code hypervisor}. */
    public Answer handle(Request request) {
        List<String> path = request.pathAfter(1);
        String verb = verb(request, path);
        boolean write = !request.method().equals("GET");
        return faults.around(verb, write, HypervisorDoor::refuse, () -> guarded(() -> route(request, path)));
    }

    /** The word by which faults name a request: clone, configure, start, stop, delete, get, list, task, ledger. */
    private static String verb(Request request, List<String> path) {
        String first = path.isEmpty() ? "" : path.getFirst();
        return switch (request.method()) {
            case "POST" -> path.size() == 3 ? path.get(2) : "clone";
            case "PUT" -> "configure";
            case "DELETE" -> "delete";
            default ->
                first.equals("tasks") ? "task" : first.equals("ledger") ? "ledger" : path.size() > 1 ? "get" : "list";
        };
    }

    private static Answer refuse(int status, String code, String message) {
        ObjectNode body = Json.object();
        body.putObject("error").put("code", code).put("message", message);
        return new Answer.Body(status, body);
    }

    private static Answer guarded(Supplier<Answer> work) {
        try {
            return work.get();
        } catch (Refused refused) {
            return refuse(refused.status(), refused.code(), String.valueOf(refused.getMessage()));
        } catch (IllegalArgumentException unreadable) {
            return refuse(400, "invalid", String.valueOf(unreadable.getMessage()));
        }
    }

    private Answer route(Request request, List<String> path) {
        String route = request.method() + " " + (path.isEmpty() ? "" : path.getFirst()) + " " + path.size();
        return switch (route) {
            case "POST vms 1" -> clone(Json.parseObject(request.body()));
            case "GET vms 1" -> list(request.parameter("tag"));
            case "GET vms 2" ->
                Answer.ok(hypervisor
                        .find(vmid(path))
                        .orElseThrow(() -> new Refused(
                                404, "not_found", "Expected machine " + path.get(1) + ", but there is none")));
            case "PUT vms 3" -> configure(path, request);
            case "POST vms 3" -> power(path, request);
            case "DELETE vms 2" -> {
                hypervisor.delete(vmid(path), request.parameter("uuid"));
                yield Answer.ok(Json.object().put("deleted", vmid(path)));
            }
            case "GET tasks 2" -> task(path.get(1));
            case "GET ledger 1" -> ledger();
            default -> throw new Refused(404, "not_found", "Expected an address of the hypervisor, but got " + path);
        };
    }

    private Answer clone(ObjectNode asked) {
        for (String field : asked.propertyNames()) {
            if (!CLONE_FIELDS.contains(field)) {
                throw new Refused(400, "invalid", "Expected " + CLONE_FIELDS + ", but got " + field);
            }
        }
        ObjectNode task = hypervisor.clone(asked);
        return new Answer.Body(202, Json.object().put("task", Json.text(task, "id")));
    }

    private Answer list(String tag) {
        ObjectNode answer = Json.object();
        var items = answer.putArray("items");
        for (ObjectNode vm : hypervisor.list()) {
            if (tag.isEmpty()
                    || vm.path("tags")
                            .valueStream()
                            .anyMatch(own -> own.asString("").equals(tag))) {
                items.add(vm);
            }
        }
        return Answer.ok(answer);
    }

    private Answer configure(List<String> path, Request request) {
        if (!path.get(2).equals("config")) {
            throw new Refused(404, "not_found", "Expected config, but got " + path.get(2));
        }
        return Answer.ok(Hypervisor.shown(hypervisor.configure(vmid(path), Json.parseObject(request.body()))));
    }

    private Answer power(List<String> path, Request request) {
        boolean on = path.get(2).equals("start");
        if (!on && !path.get(2).equals("stop")) {
            throw new Refused(404, "not_found", "Expected start or stop, but got " + path.get(2));
        }
        return Answer.ok(Hypervisor.shown(hypervisor.power(vmid(path), on, request.parameter("uuid"))));
    }

    private Answer task(String id) {
        if (!id.matches("task-[0-9]{1,18}")) {
            throw new Refused(404, "not_found", "Expected a task, but got " + id);
        }
        return Answer.ok(hypervisor
                .task(Long.parseLong(id.substring("task-".length())))
                .orElseThrow(() -> new Refused(404, "not_found", "Expected task " + id + ", but there is none")));
    }

    private Answer ledger() {
        ObjectNode answer = Json.object();
        answer.putArray("items")
                .addAll(ledger.effects("vm-").stream().map(JsonNode.class::cast).toList());
        return Answer.ok(answer);
    }

    private static int vmid(List<String> path) {
        if (!path.get(1).matches("[0-9]{1,9}")) {
            throw new Refused(404, "not_found", "Expected a vmid, but got " + path.get(1));
        }
        return Integer.parseInt(path.get(1));
    }
}
