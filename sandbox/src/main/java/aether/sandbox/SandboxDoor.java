package aether.sandbox;

import aether.sandbox.http.Answer;
import aether.sandbox.http.Faults;
import aether.sandbox.http.Request;
import aether.sandbox.hypervisor.Hypervisor;
import aether.sandbox.journal.Json;
import aether.sandbox.kubelet.PodFaults;
import aether.sandbox.kubelet.TenantApis;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The sandbox's own door: {@code GET /sandbox/inventory}, {@code GET /sandbox/requests}, {@code POST /sandbox/faults}.
 */
record SandboxDoor(
        Inventory inventory,
        Faults kubernetes,
        Faults machines,
        PodFaults pods,
        Consumer<Boolean> certManagerAbsent,
        Hypervisor hypervisor,
        TenantApis tenants) {
    private static final Duration FAULT_MAX = Duration.ofHours(1);

    Answer handle(Request request) {
        List<String> path = request.pathAfter(1);
        String route = request.method() + " " + String.join("/", path);
        try {
            return switch (route) {
                case "GET inventory" -> Answer.ok(inventory.take());
                case "GET requests" -> Answer.ok(requests());
                case "POST faults" -> fault(Json.parseObject(request.body()));
                default -> refuse(404, "Expected inventory, requests or faults, but got " + route);
            };
        } catch (IllegalArgumentException unreadable) {
            return refuse(400, String.valueOf(unreadable.getMessage()));
        }
    }

    private static Answer refuse(int status, String message) {
        ObjectNode body = Json.object();
        body.putObject("error").put("code", "invalid").put("message", message);
        return new Answer.Body(status, body);
    }

    private ObjectNode requests() {
        ObjectNode answer = Json.object();
        kubernetes.counts().forEach(answer.putObject("kubernetes")::put);
        machines.counts().forEach(answer.putObject("hypervisor")::put);
        return answer;
    }

    private Answer fault(JsonNode asked) {
        String target = Json.text(asked, "target");
        Faults faults = target.equals("kubernetes")
                ? kubernetes
                : target.equals("hypervisor") ? machines : tenants.faults(target.replaceFirst("^tenant/", ""));
        String verb = Json.text(asked, "verb").isEmpty() ? Faults.ANY : Json.text(asked, "verb");
        int times = asked.path("times").asInt(1);
        Duration time = Duration.ofMillis(asked.path("milliseconds").asLong(0));
        if (time.isNegative() || time.compareTo(FAULT_MAX) > 0) {
            return refuse(400, "Expected milliseconds from 0 to an hour, but got " + time);
        }
        switch (Json.text(asked, "fault")) {
            case "fail_next" -> faults.failNext(verb, times);
            case "lose_answer" -> faults.loseAnswer(verb, times);
            case "refuse" ->
                faults.refuse(
                        verb, asked.path("status").asInt(503), Json.text(asked, "reason"), Json.text(asked, "message"));
            case "latency" -> faults.latency(time);
            case "unavailable" -> faults.unavailableFor(time);
            case "heal" -> {
                faults.heal();
                pods.heal();
                certManagerAbsent.accept(false);
            }
            case "no_node" -> pods.leaveWithoutNode(Json.text(asked, "container"));
            case "cert_manager_absent" -> certManagerAbsent.accept(true);
            case "claims_pending" -> pods.keepClaimsPending();
            case "pods_waiting" -> pods.wait(Json.text(asked, "container"), Json.text(asked, "reason"));
            case "fail_task" -> hypervisor.failTask(verb.equals(Faults.ANY) ? "clone" : verb, times);
            case "vm_dies" -> hypervisor.die(asked.path("vmid").asInt());
            default -> {
                return refuse(
                        400,
                        "Expected fail_next, lose_answer, refuse, latency, unavailable, heal, claims_pending, pods_waiting, no_node,"
                                + " cert_manager_absent, fail_task or vm_dies, but got "
                                + asked.path("fault"));
            }
        }
        return Answer.ok(Json.object().put("set", true));
    }
}
