package aether.domain.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import aether.domain.kernel.KubernetesVersion;
import aether.domain.samples.Decided;
import aether.domain.samples.Samples;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CredentialDeciderTest {

    private static final ClusterId ID = Samples.CLUSTER;
    private static final KubernetesVersion VERSION = Samples.VERSION;

    private static final ClusterState REQUESTED = ClusterState.ABSENT.apply(new ClusterEvent.ClusterRequested(
            ID, Samples.ORGANIZATION, "shop", Samples.REGION, VERSION, false, Channel.API));

    private static final ClusterState SERVING = REQUESTED
            .apply(new ClusterEvent.ControlPlaneReady(ID, 1, VERSION))
            .apply(new ClusterEvent.ClusterRunning(ID));

    private static ClusterCommand.RecordCredentialIssued command(String reference, List<String> groups) {
        return new ClusterCommand.RecordCredentialIssued(
                ID, new UUID(1, 2), groups, "ab", Instant.EPOCH, CredentialReason.INCIDENT, reference);
    }

    @Test
    void isEnteredWithWhatItMayDoAndWhy() {
        assertThat(Decided.events(ClusterDecider.decide(SERVING, command("CASE-7", List.of("web:developers")))))
                .containsExactly(new ClusterEvent.CredentialIssued(
                        ID,
                        new UUID(1, 2),
                        List.of("web:developers"),
                        "ab",
                        Instant.EPOCH,
                        CredentialReason.INCIDENT,
                        "CASE-7"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "system:masters",
                "system:nodes",
                "",
                "Upper",
                "with space",
                "-a",
                "a-",
                "a\nb",
                "ä",
                "x,O=system:masters"
            })
    void refusesGroupsThatAreNoneOrKubernetesOwn(String group) {
        assertThat(Decided.code(ClusterDecider.decide(SERVING, command("", List.of("fine", group)))))
                .isEqualTo("invalid_groups");
    }

    @Test
    void refusesNoneAndTooMany() {
        assertThat(Decided.code(ClusterDecider.decide(SERVING, command("", List.of()))))
                .isEqualTo("invalid_groups");
        assertThat(Decided.code(ClusterDecider.decide(SERVING, command("", Collections.nCopies(9, "a")))))
                .isEqualTo("invalid_groups");
        assertThat(Decided.code(ClusterDecider.decide(SERVING, command("", List.of("a".repeat(64))))))
                .isEqualTo("invalid_groups");
    }

    @Test
    void refusesAReferenceThatCouldBeAName() {
        assertThat(Decided.code(ClusterDecider.decide(SERVING, command("Anna said so", List.of("a")))))
                .isEqualTo("invalid_reference");
    }

    @Test
    void letsNobodyIntoWhatDoesNotServe() {
        ClusterState leaving = SERVING.apply(
                new ClusterEvent.ClusterDeletionRequested(ID, Samples.ORGANIZATION, Samples.REGION, List.of()));

        assertThat(Decided.code(ClusterDecider.decide(REQUESTED, command("", List.of("a")))))
                .isEqualTo("wrong_status");
        assertThat(Decided.code(ClusterDecider.decide(leaving, command("", List.of("a")))))
                .isEqualTo("wrong_status");
    }
}
