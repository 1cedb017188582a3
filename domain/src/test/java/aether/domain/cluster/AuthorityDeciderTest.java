package aether.domain.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import aether.domain.cluster.ClusterAuthority.Phase;
import aether.domain.kernel.Decision;
import aether.domain.samples.Samples;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A rotation of the cluster CA goes one way, and whatever belongs to another phase changes nothing. */
class AuthorityDeciderTest {

    private static final Instant END = Instant.parse("2036-01-01T00:00:00Z");

    /** The one command that leads on from each phase. */
    private static final Map<Phase, ClusterCommand> ON = new EnumMap<>(Map.of(
            Phase.STEADY, new ClusterCommand.RotateAuthority(Samples.CLUSTER, CertificateAuthority.CLUSTER),
            Phase.TRUSTING,
                    new ClusterCommand.RecordAuthorityTrusted(
                            Samples.CLUSTER, 1, CertificateAuthority.CLUSTER, 2, "ab", END),
            Phase.SIGNING,
                    new ClusterCommand.RecordAuthoritySigning(Samples.CLUSTER, 1, CertificateAuthority.CLUSTER, 2),
            Phase.REJOINING, new ClusterCommand.MarkAuthorityPrepared(Samples.CLUSTER, CertificateAuthority.CLUSTER, 2),
            Phase.PREPARED, new ClusterCommand.CompleteAuthorityRotation(Samples.CLUSTER, CertificateAuthority.CLUSTER),
            Phase.REISSUING,
                    new ClusterCommand.RecordAuthorityLeavesReissued(
                            Samples.CLUSTER, 1, CertificateAuthority.CLUSTER, 2),
            Phase.RETIRING,
                    new ClusterCommand.RecordAuthorityRetired(Samples.CLUSTER, 1, CertificateAuthority.CLUSTER, 2)));

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
                .apply(new ClusterEvent.PoolNameClaimed(Samples.CLUSTER, "web", Samples.POOL))
                .apply(new ClusterEvent.ClusterRunning(Samples.CLUSTER));
    }

    private static ClusterState after(ClusterState state, ClusterCommand command) {
        ClusterState next = state;
        for (var event : events(state, command)) {
            next = next.apply(event);
        }
        return next;
    }

    private static List<ClusterEvent> events(ClusterState state, ClusterCommand command) {
        List<ClusterEvent> events = new ArrayList<>();
        if (ClusterDecider.decide(state, command) instanceof Decision.Accepted<ClusterRejection> accepted) {
            accepted.events().forEach(event -> events.add((ClusterEvent) event));
        }
        return events;
    }

    @Test
    void eachPhaseHasOneWayOnAndEveryOtherReportIsLateOrEarly() {
        ClusterState state = running();
        for (Phase phase : Phase.values()) {
            assertThat(state.authorities().cluster().phase()).isEqualTo(phase);
            for (Map.Entry<Phase, ClusterCommand> other : ON.entrySet()) {
                boolean fits = other.getKey() == phase;
                assertThat(events(state, other.getValue()))
                        .as("%s meets %s", phase, other.getValue())
                        .hasSize(fits ? 1 : 0);
            }
            state = after(state, Objects.requireNonNull(ON.get(phase)));
        }
        assertThat(state.authorities().cluster()).isEqualTo(new ClusterAuthority(2, Phase.STEADY));
    }

    /** Nobody outside knows these two: no node is replaced for them, and no customer is waited for. */
    @ParameterizedTest
    @EnumSource(names = {"ETCD", "FRONT_PROXY"})
    void anAuthorityThatOnlyTheControlPlaneKnowsGoesOnByItself(CertificateAuthority which) {
        ClusterState state = after(running(), new ClusterCommand.RotateAuthority(Samples.CLUSTER, which));
        assertThat(state.authorities().rotating()).contains(which);
        state = after(state, new ClusterCommand.RecordAuthorityTrusted(Samples.CLUSTER, 1, which, 2, "ab", END));

        ClusterCommand signing = new ClusterCommand.RecordAuthoritySigning(Samples.CLUSTER, 1, which, 2);
        assertThat(events(state, signing))
                .containsExactly(new ClusterEvent.AuthoritySigning(Samples.CLUSTER, 1, which, 2, List.of()));
        state = after(state, signing);
        assertThat(message(state, new ClusterCommand.CompleteAuthorityRotation(Samples.CLUSTER, which)))
                .isEqualTo("Expected a CA whose rotation is completed by you, but that of the " + which.shown()
                        + " completes itself.");
        ClusterCommand prepared = new ClusterCommand.MarkAuthorityPrepared(Samples.CLUSTER, which, 2);
        assertThat(events(state, prepared))
                .containsExactly(
                        new ClusterEvent.AuthorityRotationPrepared(Samples.CLUSTER, which, 2),
                        new ClusterEvent.AuthorityRotationCompleting(Samples.CLUSTER, which, 2));
        state = after(state, prepared);
        assertThat(state.authorities().of(which).phase()).isEqualTo(Phase.REISSUING);
        assertThat(events(state, prepared)).as("said again").isEmpty();

        state = after(state, new ClusterCommand.RecordAuthorityLeavesReissued(Samples.CLUSTER, 1, which, 2));
        state = after(state, new ClusterCommand.RecordAuthorityRetired(Samples.CLUSTER, 1, which, 2));
        assertThat(state.authorities())
                .as("the others are as they were")
                .isEqualTo(ClusterAuthorities.FIRST.with(which, new ClusterAuthority(2, Phase.STEADY)));
    }

    @Test
    void oneAuthorityIsExchangedAtATime() {
        for (CertificateAuthority first : CertificateAuthority.values()) {
            ClusterState rotating = after(running(), new ClusterCommand.RotateAuthority(Samples.CLUSTER, first));
            for (CertificateAuthority second : CertificateAuthority.values()) {
                assertThat(message(rotating, new ClusterCommand.RotateAuthority(Samples.CLUSTER, second)))
                        .isEqualTo(
                                second == first
                                        ? ""
                                        : "Expected no rotation of the " + first.shown()
                                                + " under way, but one is trusting.");
                assertThat(events(
                                rotating,
                                new ClusterCommand.RecordAuthorityTrusted(Samples.CLUSTER, 1, second, 2, "ab", END)))
                        .as("a report about %s while %s is exchanged", second, first)
                        .hasSize(second == first ? 1 : 0);
            }
        }
    }

    @Test
    void namesOfGenerationsStayForEver() {
        assertThat(CertificateAuthority.values())
                .extracting(which -> which.certificate(1) + " " + which.certificate(2))
                .containsExactly("cluster-ca cluster-ca-2", "etcd-ca etcd-ca-2", "front-proxy-ca front-proxy-ca-2");
        for (CertificateAuthority which : CertificateAuthority.values()) {
            assertThat(CertificateAuthority.named(which.published())).contains(which);
        }
    }

    @Test
    void whoSignsIsAlwaysTrusted() {
        for (Phase phase : Phase.values()) {
            ClusterAuthority authority = new ClusterAuthority(3, phase);

            assertThat(authority.trusted()).contains(authority.signsClients(), authority.signsServers());
            assertThat(authority.signsClients()).isGreaterThanOrEqualTo(authority.signsServers());
        }
    }

    /** Law of the order: whoever trusted the previous phase's set trusts what is signed in the next one. */
    @Test
    void nothingIsSignedByWhomThePhaseBeforeDidNotTrust() {
        Phase[] phases = Phase.values();
        for (int i = 1; i < phases.length; i++) {
            List<Integer> before = new ClusterAuthority(1, phases[i - 1]).trusted();
            ClusterAuthority now = new ClusterAuthority(1, phases[i]);

            assertThat(before).as("%s", phases[i]).contains(now.signsClients(), now.signsServers());
        }
        assertThat(new ClusterAuthority(1, Phase.RETIRING).trusted())
                .isEqualTo(new ClusterAuthority(1, Phase.RETIRING).retired().trusted());
    }

    @Test
    void aReportOfAnotherGenerationChangesNothing() {
        ClusterState trusting =
                after(running(), new ClusterCommand.RotateAuthority(Samples.CLUSTER, CertificateAuthority.CLUSTER));

        assertThat(events(
                        trusting,
                        new ClusterCommand.RecordAuthorityTrusted(
                                Samples.CLUSTER, 1, CertificateAuthority.CLUSTER, 3, "ab", END)))
                .isEmpty();
    }

    @Test
    void completingBeforeItIsPreparedIsRefusedWithTheReason() {
        assertThat(message(
                        running(),
                        new ClusterCommand.CompleteAuthorityRotation(Samples.CLUSTER, CertificateAuthority.CLUSTER)))
                .isEqualTo("Expected a rotation of the cluster CA that is prepared, but none is under way.");
        assertThat(message(
                        after(
                                running(),
                                new ClusterCommand.RotateAuthority(Samples.CLUSTER, CertificateAuthority.CLUSTER)),
                        new ClusterCommand.CompleteAuthorityRotation(Samples.CLUSTER, CertificateAuthority.CLUSTER)))
                .isEqualTo("Expected a rotation of the cluster CA that is prepared, but it is still trusting.");
    }

    @Test
    void thePoolsThatHaveNodesOfBeforeAreNamed() {
        ClusterState state = running();
        state = after(state, new ClusterCommand.RotateAuthority(Samples.CLUSTER, CertificateAuthority.CLUSTER));
        state = after(
                state,
                new ClusterCommand.RecordAuthorityTrusted(
                        Samples.CLUSTER, 1, CertificateAuthority.CLUSTER, 2, "ab", END));

        assertThat(events(
                        state,
                        new ClusterCommand.RecordAuthoritySigning(Samples.CLUSTER, 1, CertificateAuthority.CLUSTER, 2)))
                .containsExactly(new ClusterEvent.AuthoritySigning(
                        Samples.CLUSTER, 1, CertificateAuthority.CLUSTER, 2, List.of(Samples.POOL)));
    }

    @Test
    void onlyCertificatesThatAreNewAreSaid() {
        IssuedCertificate old = new IssuedCertificate("admin", "aa", "CN=cluster-ca", END);
        IssuedCertificate renewed = new IssuedCertificate("apiserver", "bb", "CN=cluster-ca", END);
        ClusterState state =
                after(running(), new ClusterCommand.RecordCertificatesRenewed(Samples.CLUSTER, 1, List.of(old)));

        assertThat(events(state, new ClusterCommand.RecordCertificatesRenewed(Samples.CLUSTER, 1, List.of(old))))
                .isEmpty();
        assertThat(events(
                        state, new ClusterCommand.RecordCertificatesRenewed(Samples.CLUSTER, 1, List.of(renewed, old))))
                .containsExactly(new ClusterEvent.CertificatesRenewed(Samples.CLUSTER, 1, List.of(renewed)));
    }

    @Test
    void anOverdueRenewalIsSaidOnceAndOnceWhenItIsOver() {
        var late = new ClusterCommand.RecordRenewalOverdue(Samples.CLUSTER, 1, List.of("admin", "apiserver"), END, "");
        var over = new ClusterCommand.RecordRenewalCaughtUp(Samples.CLUSTER, 1);
        assertThat(events(running(), over)).isEmpty();

        ClusterState state = after(running(), late);
        assertThat(state.overdue()).isNotNull();
        assertThat(events(state, late)).isEmpty();
        assertThat(events(
                        state, new ClusterCommand.RecordRenewalOverdue(Samples.CLUSTER, 1, List.of("admin"), END, "")))
                .isEmpty();
        assertThat(events(
                        state,
                        new ClusterCommand.RecordRenewalOverdue(
                                Samples.CLUSTER, 1, List.of("admin", "etcd-peer"), END, "")))
                .hasSize(1);

        state = after(state, over);
        assertThat(state.overdue()).isNull();
        assertThat(events(state, over)).isEmpty();
    }

    @Test
    void aRetiredAuthorityIsNotCountedAmongThoseThatEnd() {
        ClusterState state = running()
                .apply(new ClusterEvent.CertificatesRenewed(
                        Samples.CLUSTER,
                        1,
                        List.of(
                                new IssuedCertificate("cluster-ca", "aa", "CN=root", END),
                                new IssuedCertificate("cluster-ca-2", "bb", "CN=root", END.plusSeconds(1)))))
                .apply(new ClusterEvent.AuthorityRetired(Samples.CLUSTER, 1, CertificateAuthority.CLUSTER, 2));

        assertThat(state.firstToEnd().map(IssuedCertificate::name)).contains("cluster-ca-2");
    }

    private static String message(ClusterState state, ClusterCommand command) {
        return ClusterDecider.decide(state, command) instanceof Decision.Refused<ClusterRejection> refused
                ? refused.rejection().message()
                : "";
    }
}
