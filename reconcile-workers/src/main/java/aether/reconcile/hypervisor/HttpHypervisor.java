package aether.reconcile.hypervisor;

import aether.reconcile.http.HttpCalls;
import aether.reconcile.loop.OutsideFailure;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The hypervisor of the sandbox over HTTP; that of another site has an adapter of its own. */
public final class HttpHypervisor implements Hypervisor {

    private static final JsonMapper MAPPER = JsonMapper.builder().build();
    private static final int MEGABYTES = 1024;

    private final HttpCalls calls;

    /** A hypervisor that may be away; it is looked for at the first question. */
    public HttpHypervisor(HypervisorSettings settings) {
        this.calls = new HttpCalls("the hypervisor", "Hypervisor", settings.url(), settings.token());
    }

    @Override
    public Optional<VirtualMachine> find(int vmId) {
        return calls.find("/vms/" + vmId).map(HttpHypervisor::machine);
    }

    @Override
    public List<VirtualMachine> tagged(String tag) {
        List<VirtualMachine> machines = new ArrayList<>();
        calls.find("/vms?tag=" + tag)
                .orElseThrow(() ->
                        new OutsideFailure(OutsideFailure.Kind.AWAY, "Expected a list of machines, but there is none"))
                .path("items")
                .forEach(item -> machines.add(machine(item)));
        return machines;
    }

    @Override
    public void clone(NewMachine machine) {
        ObjectNode body = MAPPER.createObjectNode();
        body.put("vmid", machine.vmId());
        body.put("name", machine.name());
        body.put("cores", machine.shape().vcpus());
        body.put("memory_mb", machine.shape().memoryGb() * MEGABYTES);
        body.put("disk_gb", machine.shape().diskGb());
        machine.tags().forEach(body.putArray("tags")::add);
        calls.send("POST", "/vms", body);
    }

    @Override
    public void configure(VirtualMachine machine, MachineConfig config) {
        ObjectNode body = MAPPER.createObjectNode();
        switch (config) {
            case MachineConfig.LoadBalancer balancer ->
                body.put("role", "load-balancer")
                        .put("address", balancer.address())
                        .put("firewall", balancer.firewall())
                        .put("haproxy", balancer.haproxy());
            case MachineConfig.Worker worker ->
                body.put("role", "worker")
                        .put("address", worker.address())
                        .put("firewall", worker.firewall())
                        .putObject("machine_config")
                        .put("tenant_namespace", worker.namespace())
                        .put("ca", worker.authority())
                        .put("kubernetes_version", "v" + worker.version())
                        .put("talos", worker.talos());
        }
        calls.send("PUT", "/vms/" + machine.vmId() + "/config", body);
    }

    @Override
    public void start(VirtualMachine machine) {
        calls.send("POST", path(machine, "/start"), MAPPER.createObjectNode());
    }

    @Override
    public void stop(VirtualMachine machine) {
        calls.send("POST", path(machine, "/stop"), MAPPER.createObjectNode());
    }

    @Override
    public void delete(VirtualMachine machine) {
        calls.send("DELETE", path(machine, ""), MAPPER.createObjectNode());
    }

    /** The uuid makes the hypervisor refuse when the VM id has come to mean another machine. */
    private static String path(VirtualMachine machine, String action) {
        return "/vms/" + machine.vmId() + action + "?uuid=" + machine.uuid();
    }

    private static VirtualMachine machine(JsonNode json) {
        Set<String> tags = new HashSet<>();
        json.path("tags").forEach(tag -> tags.add(tag.asString("")));
        return new VirtualMachine(
                json.path("vmid").asInt(),
                json.path("uuid").asString(""),
                json.path("name").asString(""),
                tags,
                power(json.path("status").asString("")),
                json.path("config").isObject(),
                json.at("/config/haproxy").asString(""),
                json.at("/config/firewall").asString(""),
                json.path("address").asString(""));
    }

    private static VirtualMachine.Power power(String status) {
        return switch (status) {
            case "cloning" -> VirtualMachine.Power.CLONING;
            case "stopped" -> VirtualMachine.Power.STOPPED;
            case "running" -> VirtualMachine.Power.RUNNING;
            default ->
                throw new OutsideFailure(
                        OutsideFailure.Kind.DENIED,
                        "Expected a machine that is cloning, stopped or running, but it is "
                                + status.toLowerCase(Locale.ROOT));
        };
    }
}
