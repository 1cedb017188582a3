package aether.sandbox.hypervisor;

import static org.assertj.core.api.Assertions.assertThat;

import aether.sandbox.CallsFixture;
import aether.sandbox.Sandbox;
import aether.sandbox.SandboxSettings;
import aether.sandbox.SandboxTimings;
import aether.sandbox.journal.Json;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class HypervisorTest {
    @TempDir
    Path directory;

    private Sandbox sandbox;
    private CallsFixture calls;

    @BeforeEach
    void start() throws IOException {
        sandbox = Sandbox.start(
                new SandboxSettings(directory, 0, InstantSource.system(), new Random(9), SandboxTimings.IMMEDIATE));
        calls = new CallsFixture(sandbox);
    }

    @AfterEach
    void stop() throws IOException {
        sandbox.close();
    }

    private int clone(int vmid, String name, String tag) {
        return calls.send(
                "POST",
                "/hypervisor/vms",
                "{\"vmid\":%d,\"name\":\"%s\",\"tags\":[\"%s\"]}".formatted(vmid, name, tag));
    }

    private String status(int vmid) {
        return Json.text(calls.get("/hypervisor/vms/" + vmid), "status");
    }

    private List<String> effects() {
        return calls.get("/hypervisor/ledger")
                .path("items")
                .valueStream()
                .map(effect -> Json.text(effect, "effect"))
                .toList();
    }

    @Test
    void clonesStartsStopsAndDeletes() {
        assertThat(clone(100, "a", "one")).isEqualTo(202);
        calls.await("the clone", () -> status(100).equals("stopped"));
        assertThat(calls.send(
                        "PUT", "/hypervisor/vms/100/config", "{\"role\":\"load-balancer\",\"address\":\"10.1.2.3\"}"))
                .isEqualTo(200);
        calls.send("POST", "/hypervisor/vms/100/start", "");

        JsonNode vm = calls.get("/hypervisor/vms/100");
        assertThat(Json.text(vm, "status")).isEqualTo("running");
        assertThat(Json.text(vm, "address")).isEqualTo("10.1.2.3");
        assertThat(calls.get("/hypervisor/vms?tag=one").path("items")).hasSize(1);
        assertThat(calls.get("/hypervisor/vms?tag=two").path("items")).isEmpty();
        calls.send("DELETE", "/hypervisor/vms/100", "");
        assertThat(effects()).containsExactly("vm-cloned", "vm-configured", "vm-started", "vm-deleted");
    }

    @Test
    void refusesATakenIdAndReusesAFreedOne() {
        clone(100, "a", "one");
        calls.await("the clone", () -> status(100).equals("stopped"));
        assertThat(clone(100, "b", "one")).isEqualTo(409);
        String first = Json.text(calls.get("/hypervisor/vms/100"), "uuid");
        calls.send("DELETE", "/hypervisor/vms/100", "");
        assertThat(clone(100, "b", "one")).isEqualTo(202);
        calls.await("the clone", () -> status(100).equals("stopped"));

        assertThat(calls.send("DELETE", "/hypervisor/vms/100?uuid=" + first, ""))
                .isEqualTo(412);
        assertThat(status(100)).isEqualTo("stopped");
        assertThat(sandbox.inventory().path("doubles")).isEmpty();
    }

    @Test
    void countsADouble() {
        clone(100, "a", "one");
        clone(101, "a", "one");

        assertThat(sandbox.inventory().path("doubles").toString()).contains("machine a exists twice");
    }

    @Test
    void aFailedTaskLeavesNothingBehind() {
        calls.send("POST", "/sandbox/faults", "{\"target\":\"hypervisor\",\"fault\":\"fail_task\"}");
        clone(100, "a", "one");

        calls.await(
                "the task",
                () -> Json.text(calls.get("/hypervisor/tasks/task-1"), "status").equals("failed"));
        assertThat(calls.get("/hypervisor/vms").path("items")).isEmpty();
        assertThat(clone(100, "a", "one")).isEqualTo(202);
        assertThat(sandbox.inventory().path("doubles")).isEmpty();
    }

    @Test
    void doesTheWorkAndLosesTheAnswer() {
        sandbox.hypervisorFaults().loseAnswer("clone", 1);

        assertThat(clone(100, "a", "one")).isZero();
        assertThat(clone(100, "a", "one")).isEqualTo(409);
        assertThat(effects()).containsExactly("vm-cloned");
    }

    @Test
    void namesTheFieldThatIsWrong() {
        assertThat(calls.send("POST", "/hypervisor/vms", "{\"vmid\":100,\"name\":\"a\",\"colour\":\"red\"}"))
                .isEqualTo(400);
        assertThat(calls.send("POST", "/hypervisor/vms", "not json")).isEqualTo(400);
        assertThat(calls.send("POST", "/hypervisor/vms", "{\"vmid\":7,\"name\":\"a\"}"))
                .isEqualTo(400);
        assertThat(calls.send("POST", "/hypervisor/vms/4711/start", "")).isEqualTo(404);
    }
}
