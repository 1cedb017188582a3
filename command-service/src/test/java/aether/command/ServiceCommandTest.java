package aether.command;

import static org.assertj.core.api.Assertions.assertThat;

import aether.domain.archive.ArchiveCommand;
import aether.domain.archive.ArchiveEvent;
import aether.domain.archive.ProbeAttempt;
import aether.domain.archive.WitnessKey;
import aether.domain.archive.WitnessRefusal;
import aether.domain.cluster.ClusterCommand;
import aether.domain.cluster.ClusterEvent;
import aether.domain.cluster.ClusterId;
import aether.domain.kernel.Command;
import aether.domain.kernel.KubernetesVersion;
import aether.domain.network.NetworkCommand;
import aether.domain.network.NetworkEvent;
import aether.embedded.postgres.TestPostgres;
import aether.format.EventMetadata;
import aether.format.JsonCommandCodec;
import aether.format.StoredEvent;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ServiceCommandTest {

    private static final JsonCommandCodec COMMANDS = new JsonCommandCodec();

    private final RunningService service = RunningService.shared();

    private RunningService.Answer internal(String token, UUID commandId, Command command) {
        return service.json(
                "POST",
                "/internal/v1/commands",
                token,
                "{\"command_id\":\"" + commandId + "\",\"type\":\"" + COMMANDS.nameOf(command) + "\",\"command\":"
                        + COMMANDS.tree(command) + "}");
    }

    @Test
    void takesAWorkersReportsAndDropsRepeats() {
        String slug = service.organization();
        ClusterId id =
                ClusterId.parse(service.cluster(slug, "w").json().get("id").asString());
        UUID commandId = UUID.randomUUID();
        var allocate = new NetworkCommand.AllocateNetwork("local", id);

        RunningService.Answer first = internal("workers", commandId, allocate);
        long after = service.head();
        RunningService.Answer repeat = internal("workers", commandId, allocate);

        assertThat(first.status()).as(first.body()).isEqualTo(200);
        assertThat(first.json().get("outcome").asString()).isEqualTo("accepted");
        assertThat(first.json().get("position").asString()).isEqualTo(Long.toString(after));
        assertThat(repeat.json().get("outcome").asString()).isEqualTo("accepted");
        assertThat(service.head()).isEqualTo(after);
        StoredEvent allocated = service.eventsFrom(after).getFirst();
        EventMetadata metadata = service.codec().decodeMetadata(allocated.metadata());
        assertThat(metadata.actorType()).isEqualTo("worker");
        assertThat(metadata.tenant()).isEqualTo(id.toString());
        assertThat(metadata.organization()).as("found in the log").isNotNull();
        assertThat(service.stream("region-local"))
                .anyMatch(event -> event instanceof NetworkEvent.NetworkAllocated network
                        && network.clusterId().equals(id));
    }

    @Test
    void answersAWorkerWhatTheDomainRefuses() {
        ClusterId nobody = new ClusterId(UUID.randomUUID());

        RunningService.Answer answer = internal("workers", UUID.randomUUID(), new ClusterCommand.MarkRunning(nobody));

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.json().get("outcome").asString()).isEqualTo("refused");
        assertThat(answer.json().get("code").asString()).isEqualTo("cluster_unknown");
    }

    @Test
    void refusesAWorkerTheCommandOfACustomer() {
        ClusterId id = new ClusterId(UUID.randomUUID());

        for (var command : List.of(
                new ClusterCommand.DeleteCluster(id),
                new ClusterCommand.UpgradeCluster(id, KubernetesVersion.SUPPORTED.getLast()))) {
            RunningService.Answer answer = internal("workers", UUID.randomUUID(), command);
            assertThat(answer.status()).isEqualTo(403);
            assertThat(answer.code()).isEqualTo("forbidden");
        }
        assertThat(internal("archiver", UUID.randomUUID(), new ClusterCommand.MarkRunning(id))
                        .status())
                .isEqualTo(403);
        assertThat(internal("admin", UUID.randomUUID(), new ClusterCommand.MarkRunning(id))
                        .status())
                .isEqualTo(403);
    }

    @Test
    void takesAVerdictOfTheArchiverOnceAndNothingElseOfIt() {
        var verdict = new ArchiveCommand.RecordProbe(
                "audit.test/" + UUID.randomUUID(),
                "s3://audit",
                Instant.parse("2026-11-24T00:00:00Z"),
                false,
                List.of(new ProbeAttempt("delete a locked version", false, "it is gone")));
        UUID commandId = UUID.randomUUID();

        assertThat(internal("archiver", commandId, verdict)
                        .json()
                        .get("outcome")
                        .asString())
                .isEqualTo("accepted");
        internal("archiver", commandId, verdict);
        internal("archiver", UUID.randomUUID(), verdict);

        assertThat(service.stream(verdict.stream()))
                .containsExactly(new ArchiveEvent.StoreProbed(
                        verdict.archive(), verdict.store(), verdict.probedAt(), false, verdict.attempts()));
        assertThat(internal("workers", UUID.randomUUID(), verdict).status()).isEqualTo(403);
    }

    @Test
    void takesEachCauseOfAWitnessOnceUntilItSignsAgain() {
        String archive = "audit.test/" + UUID.randomUUID();
        WitnessKey witness = new WitnessKey("witness.test/w1", "0a1b2c3d");
        WitnessRefusal refusal = new WitnessRefusal(
                300, "AKcKsZUbOSDpO7cxOBdBlx0JYMGuQc5ky21fozC//MY=", WitnessRefusal.Cause.DIFFERS_FROM_SEEN, 422, -1);
        var refused = new ArchiveCommand.RecordWitnessRefusal(archive, witness, refusal);
        var agreed = new ArchiveCommand.RecordWitnessAgreement(
                archive, witness, 310, refusal.root(), Instant.parse("2026-11-24T00:00:00Z"));
        UUID commandId = UUID.randomUUID();

        internal("archiver", UUID.randomUUID(), agreed);
        internal("archiver", commandId, refused);
        internal("archiver", commandId, refused);
        assertThat(internal("archiver", UUID.randomUUID(), refused)
                        .json()
                        .get("outcome")
                        .asString())
                .as("by the next archiver")
                .isEqualTo("accepted");
        internal("archiver", UUID.randomUUID(), agreed);

        assertThat(service.stream(refused.stream()))
                .containsExactly(
                        new ArchiveEvent.WitnessRefused(archive, witness, refusal),
                        new ArchiveEvent.WitnessAgreed(archive, witness, 310, refusal.root(), agreed.at()));
        assertThat(internal("workers", UUID.randomUUID(), refused).status()).isEqualTo(403);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "no JSON             | {                                                              | body",
                "no object           | [1]                                                            | body",
                "no id               | {\"type\":\"cluster.delete\",\"command\":{}}                    | command_id",
                "an unknown type     | {\"command_id\":\"ID\",\"type\":\"x\",\"command\":{}}          | type",
                "a missing part      | {\"command_id\":\"ID\",\"type\":\"cluster.mark-running\",\"command\":{}} | command.cluster_id",
                "an unknown part     | {\"command_id\":\"ID\",\"type\":\"cluster.mark-running\",\"command\":{\"cluster_id\":\"ID\",\"a\":1}} | command.a",
                "an unknown field    | {\"command_id\":\"ID\",\"type\":\"cluster.mark-running\",\"command\":{\"cluster_id\":\"ID\"},\"b\":1} | b",
            })
    void namesWhatIsWrongWithAServiceCommand(String what, String body, String field) {
        RunningService.Answer answer = service.json(
                "POST", "/internal/v1/commands", "workers", body.replace("ID", "5b0c3c5e-0f5f-4a0e-9f7e-0d3a3e6b8f10"));

        assertThat(answer.status()).as(answer.body()).isEqualTo(400);
        assertThat(answer.field()).as(answer.body()).isEqualTo(field);
    }

    @Test
    void decidesRefusalsOnWhatTheLogSaysNowEvenWhenAnotherProcessWroteIt() {
        String slug = service.organization();
        ClusterId id =
                ClusterId.parse(service.cluster(slug, "two").json().get("id").asString());
        assertThat(internal("workers", UUID.randomUUID(), new ClusterCommand.MarkRunning(id))
                        .json()
                        .get("code")
                        .asString())
                .isEqualTo("stage_not_reached");
        try (RunningService second = RunningService.on(
                service.database.url(),
                TestPostgres.server().owner().user(),
                TestPostgres.server().owner().password(),
                Map.of("aether.command.instance", "command-2"))) {
            second.json("DELETE", "/api/v1/organizations/" + slug + "/clusters/two", "admin", "");
            assertThat(second.stream(id.stream())).last().isInstanceOf(ClusterEvent.ClusterDeletionRequested.class);
        }

        RunningService.Answer answer = service.json(
                "POST",
                "/api/v1/organizations/" + slug + "/clusters/two/upgrade",
                "admin",
                "{\"target_version\":\"1.33.5\"}");

        assertThat(answer.status()).isEqualTo(409);
        assertThat(answer.body()).contains("deleting");
    }
}
