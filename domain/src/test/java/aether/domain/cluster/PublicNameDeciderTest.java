package aether.domain.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import aether.domain.kernel.Decision;
import aether.domain.samples.Samples;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What may be chosen, and that what is said of another name than the one that counts changes nothing. */
class PublicNameDeciderTest {

    private static final String NAME = "api.shop.example";
    private static final IssuedCertificate ISSUED =
            new IssuedCertificate("public-name", "ab", "CN=R3", Instant.parse("2027-01-01T00:00:00Z"));

    private static ClusterState running() {
        return ClusterState.ABSENT
                .apply(new ClusterEvent.ClusterRequested(
                        Samples.CLUSTER,
                        Samples.ORGANIZATION,
                        "shop",
                        Samples.REGION,
                        Samples.VERSION,
                        true,
                        Channel.API))
                .apply(new ClusterEvent.ClusterRunning(Samples.CLUSTER));
    }

    private static List<ClusterEvent> events(ClusterState state, ClusterCommand command) {
        List<ClusterEvent> events = new ArrayList<>();
        if (ClusterDecider.decide(state, command) instanceof Decision.Accepted<ClusterRejection> accepted) {
            accepted.events().forEach(event -> events.add((ClusterEvent) event));
        }
        return events;
    }

    private static ClusterState after(ClusterState state, ClusterCommand... commands) {
        ClusterState next = state;
        for (ClusterCommand command : commands) {
            for (ClusterEvent event : events(next, command)) {
                next = next.apply(event);
            }
        }
        return next;
    }

    private static ClusterCommand choose(String domain) {
        return new ClusterCommand.SetPublicDomain(Samples.CLUSTER, domain);
    }

    private static ClusterCommand asked(String name) {
        return new ClusterCommand.RecordPublicNameAsked(Samples.CLUSTER, 1, name, "");
    }

    private static ClusterCommand issued(String name) {
        return new ClusterCommand.RecordPublicNameIssued(Samples.CLUSTER, 1, name, ISSUED);
    }

    private static ClusterCommand failed(String name, Fault fault, String reason) {
        return new ClusterCommand.RecordPublicNameFailed(Samples.CLUSTER, 1, name, fault, reason);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "com",
                "co.uk",
                "shop.example",
                "*.shop.example",
                "api_1.shop.example",
                "api..example",
                "-api.shop.example",
                "192.0.2.7",
                "api.shop.local",
                "api.cluster.internal",
                "api.shop.123",
                "a b.shop.example",
                "api.shop.example."
            })
    void whatNobodyCertifiesIsRefusedWithTheReason(String domain) {
        assertThat(ClusterDecider.decide(running(), choose(domain)))
                .isInstanceOfSatisfying(Decision.Refused.class, refused -> {
                    assertThat(refused.rejection().code()).isEqualTo("invalid_public_domain");
                    assertThat(refused.rejection().field()).isEqualTo("public_domain");
                    assertThat(refused.rejection().message()).startsWith("Expected ");
                });
    }

    @Test
    void theLongestStillLeavesRoomForTheChallenge() {
        String label = "a".repeat(59);
        String longest = String.join(".", label, label, label, "b".repeat(57));

        assertThat(longest).hasSize(PublicDomains.MAX_LENGTH);
        assertThat(PublicDomains.check(longest)).isEmpty();
        assertThat(PublicDomains.check(longest + "b")).isPresent();
    }

    @Test
    void aDomainIsChosenOnceInSmallLetters() {
        assertThat(events(running(), choose("API.Shop.Example")))
                .containsExactly(new ClusterEvent.PublicDomainSet(Samples.CLUSTER, NAME));
        assertThat(events(after(running(), choose(NAME)), choose("api.shop.EXAMPLE")))
                .isEmpty();
    }

    @Test
    void aFailureIsSaidOnceForEachWhoseTurnItIsAndIsOverOnceItIsIssued() {
        ClusterState state = after(running(), choose(NAME), asked(NAME));

        assertThat(events(state, failed("old.shop.example", Fault.CUSTOMER, "late")))
                .as("of another name")
                .isEmpty();
        state = after(state, failed(NAME, Fault.CUSTOMER, "no alias"));
        assertThat(events(state, failed(NAME, Fault.CUSTOMER, "another alias"))).isEmpty();
        assertThat(events(state, failed(NAME, Fault.INFRASTRUCTURE, "429"))).hasSize(1);
        state = after(state, issued(NAME));
        assertThat(state.publicName().fault()).isNull();
        assertThat(events(state, issued(NAME))).isEmpty();
    }

    @Test
    void aRenewalThatFailsTakesNothingAway() {
        ClusterState state =
                after(running(), choose(NAME), asked(NAME), issued(NAME), failed(NAME, Fault.OURS, "zone"));

        assertThat(state.publicName().certificate()).isEqualTo(ISSUED);
        assertThat(state.publicName().sentence()).isEqualTo(NAME + " waits for the platform: zone");
        assertThat(after(state, choose("")).publicName().certificate())
                .as("until a worker has taken it away")
                .isEqualTo(ISSUED);
        assertThat(after(state, choose(""), asked("")).publicName()).isEqualTo(PublicName.NONE);
    }
}
