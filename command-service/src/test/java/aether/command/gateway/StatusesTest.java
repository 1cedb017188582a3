package aether.command.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import aether.domain.cluster.Channel;
import aether.domain.cluster.ClusterEvent;
import aether.domain.cluster.ClusterId;
import aether.domain.cluster.ClusterState;
import aether.domain.cluster.DisruptiveWork;
import aether.domain.cluster.Fault;
import aether.domain.cluster.HibernationReason;
import aether.domain.cluster.IssuedCertificate;
import aether.domain.cluster.PauseReason;
import aether.domain.kernel.KubernetesVersion;
import aether.domain.organization.OrganizationId;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What conditions say of certificates and of the public name. */
class StatusesTest {

    private static final ClusterId ID = new ClusterId(new UUID(0, 1));

    private static final Instant END = Instant.parse("2027-01-01T00:00:00Z");

    private static final String NAME = "api.shop.example";

    private static Map<String, Object> status(ClusterEvent... events) {
        ClusterState state = ClusterState.ABSENT.apply(new ClusterEvent.ClusterRequested(
                ID,
                new OrganizationId(new UUID(0, 3)),
                "shop",
                "local",
                KubernetesVersion.SUPPORTED.getFirst(),
                false,
                Channel.KUBERNETES));
        for (ClusterEvent event : events) {
            state = state.apply(event);
        }
        CustomResource resource = new CustomResource(
                new ResourceKey(ResourceType.TENANT_CLUSTER, "a", "shop"),
                "uid",
                "1",
                1,
                Instant.EPOCH,
                false,
                List.of(),
                Map.of(),
                Map.of("organization", "acme"),
                Map.of());
        return Statuses.ofCluster(
                resource, new ObservedCluster(ID, true, state, List.of()), new Intent.Apply(), Instant.EPOCH);
    }

    private static Optional<Map<?, ?>> condition(Map<String, Object> status, String type) {
        return ((List<?>) Objects.requireNonNull(status.get("conditions")))
                .stream()
                        .<Map<?, ?>>map(one -> (Map<?, ?>) one)
                        .filter(one -> type.equals(one.get("type")))
                        .findFirst();
    }

    private static String said(Map<String, Object> status, String type) {
        return condition(status, type)
                .map(found -> found.get("status") + " " + found.get("reason") + " " + found.get("message"))
                .orElse("");
    }

    private static final ClusterEvent[] ISSUED = {
        new ClusterEvent.CertificatesRenewed(
                ID,
                1,
                List.of(
                        new IssuedCertificate("etcd-peer", "aa", "CN=etcd-ca", END.plusSeconds(1)),
                        new IssuedCertificate("apiserver", "bb", "CN=cluster-ca", END))),
        new ClusterEvent.CertificatesIssued(ID, 1, "cc", END)
    };

    @Test
    void theFirstCertificateToEndIsNamed() {
        Map<String, Object> status = status(ISSUED);

        assertThat(said(status, "CertificatesReady"))
                .isEqualTo("True Done The certificates are issued; the first to end is apiserver, on " + END + ".");
        assertThat(status).containsEntry("certificatesNotAfter", END.toString());
    }

    @Test
    void anOverdueRenewalIsAConditionThatNamesItAndSaysWhy() {
        Map<String, Object> status = status(
                ISSUED[0],
                ISSUED[1],
                new ClusterEvent.RenewalOverdue(ID, 1, List.of("apiserver"), END, "Denied by policy"));

        assertThat(said(status, "CertificatesReady"))
                .startsWith("False RenewalOverdue apiserver should have been renewed by now")
                .contains(END.toString(), "Denied by policy");
    }

    private static final Instant SINCE = Instant.parse("2026-11-30T08:00:00Z");

    private static ClusterEvent stalled(String work, Fault fault, String reason, Instant since) {
        return new ClusterEvent.WorkStalled(ID, 1, work, fault, reason, "what was seen", since);
    }

    @ParameterizedTest
    @CsvSource({
        "OURS, PlatformInvalid, the platform",
        "CUSTOMER, CustomerInvalid, the customer",
        "INFRASTRUCTURE, InfrastructureInvalid, the infrastructure",
    })
    void workThatStandsStillIsAConditionThatNamesWhoseFaultItIs(Fault fault, String reason, String whose) {
        Map<String, Object> status = status(stalled("certificates", fault, "Invalid", SINCE));

        String sentence = "Work on certificates waits for " + whose + " since " + SINCE + " (Invalid): what was seen.";
        assertThat(said(status, "Degraded")).isEqualTo("True " + reason + " " + sentence);
        assertThat(said(status, "Ready")).startsWith("False " + reason).endsWith(sentence);
        assertThat(reason).matches("[A-Z][A-Za-z]+");
    }

    @Test
    void aClusterThatServesStaysReadyAndSaysWhatStandsStill() {
        ClusterEvent running = new ClusterEvent.ClusterRunning(ID);
        ClusterEvent away = stalled("machine shop-lb", Fault.INFRASTRUCTURE, "HypervisorAway", SINCE);

        assertThat(said(status(running), "Degraded")).startsWith("False AsItShouldBe");
        Map<String, Object> status = status(running, away);
        assertThat(said(status, "Ready")).startsWith("True Serving The cluster serves. Work on machine shop-lb waits");
        assertThat(said(status, "Degraded")).startsWith("True InfrastructureHypervisorAway");
    }

    @Test
    void theFirstOfSeveralIsTheReasonAndAllAreSaid() {
        ClusterEvent later = stalled("addons", Fault.CUSTOMER, "WebhookRefused", SINCE.plusSeconds(1));
        ClusterEvent first = stalled("control-plane", Fault.INFRASTRUCTURE, "ImageNotPulled", SINCE);
        ClusterEvent degraded = new ClusterEvent.ClusterDegraded(ID, 1, "0 of 1 pods serve");

        Map<String, Object> status = status(new ClusterEvent.ClusterRunning(ID), later, first, degraded);
        assertThat(said(status, "Degraded"))
                .startsWith("True InfrastructureImageNotPulled")
                .contains("(ImageNotPulled)", "(WebhookRefused)");
        assertThat(said(status, "ControlPlaneAvailable")).startsWith("False InfrastructureImageNotPulled");
    }

    @Test
    void whatGoesOnIsNoConditionAnyMore() {
        Map<String, Object> status = status(
                new ClusterEvent.ClusterRunning(ID),
                stalled("addons", Fault.CUSTOMER, "WebhookRefused", SINCE),
                new ClusterEvent.WorkResumed(ID, 1, "addons", Fault.CUSTOMER, "WebhookRefused", SINCE));

        assertThat(said(status, "Degraded")).startsWith("False AsItShouldBe");
        assertThat(said(status, "Ready")).isEqualTo("True Serving The cluster serves.");
    }

    @Test
    void aPublicNameIsAConditionOnlyWhereOneIsAskedFor() {
        assertThat(condition(status(ISSUED), "PublicNameReady")).isEmpty();
    }

    @Test
    void aPublicNameSaysWhoseTurnItIsAndWhichAliasItNeeds() {
        ClusterEvent set = new ClusterEvent.PublicDomainSet(ID, NAME);
        ClusterEvent asked = new ClusterEvent.PublicNameAsked(ID, 1, NAME, "x.acme.clusters.example");
        ClusterEvent failed = new ClusterEvent.PublicNameFailed(ID, 1, NAME, Fault.CUSTOMER, "there is no alias");
        ClusterEvent issued = new ClusterEvent.PublicNameIssued(
                ID, 1, NAME, new IssuedCertificate("public-name", "aa", "CN=R3", END));

        assertThat(said(status(set, asked), "PublicNameReady"))
                .startsWith("False Asked ")
                .contains("_acme-challenge." + NAME + " as a CNAME of x.acme.clusters.example");
        assertThat(said(status(set, asked, failed), "PublicNameReady"))
                .startsWith("False WaitsForTheCustomer ")
                .contains("there is no alias");
        Map<String, Object> ready = status(set, asked, failed, issued);
        assertThat(said(ready, "PublicNameReady"))
                .isEqualTo("True Issued The API answers as " + NAME + " until " + END + ".");
        assertThat(ready).containsEntry("publicName", NAME);
    }

    @Test
    void aSleepIsAConditionAndNoAlarm() {
        ClusterEvent running = new ClusterEvent.ClusterRunning(ID);
        ClusterEvent started = new ClusterEvent.ClusterHibernationStarted(ID, HibernationReason.COST, "");
        ClusterEvent hibernated = new ClusterEvent.ClusterHibernated(ID, 1, 1);

        assertThat(condition(status(running), "Hibernated"))
                .as("who has never slept")
                .isEmpty();
        assertThat(said(status(running, started), "Hibernated"))
                .isEqualTo("False OnItsWay It is on its way: preparing.");
        Map<String, Object> asleep = status(running, started, hibernated);
        assertThat(asleep).containsEntry("phase", "Hibernated");
        assertThat(said(asleep, "Hibernated")).startsWith("True Asleep Nothing of the cluster runs");
        assertThat(said(asleep, "Ready")).startsWith("False Hibernated");
        assertThat(said(asleep, "ControlPlaneAvailable")).startsWith("Unknown Hibernated");
        assertThat(said(asleep, "NodesReady")).startsWith("Unknown Hibernated");
        assertThat(said(asleep, "Degraded")).startsWith("False AsItShouldBe");
        Map<String, Object> woken = status(running, started, hibernated, new ClusterEvent.ClusterWakeStarted(ID));
        assertThat(woken).containsEntry("phase", "Waking");
        assertThat(said(woken, "Hibernated")).isEqualTo("False OnItsWay It is on its way: certificates.");
        Map<String, Object> awake = status(running, started, hibernated, new ClusterEvent.ClusterAwake(ID));
        assertThat(said(awake, "Hibernated")).isEqualTo("False Awake It does not sleep.");
        assertThat(said(awake, "Ready")).startsWith("True Serving");
        assertThat(said(
                        status(
                                running,
                                started,
                                new ClusterEvent.HibernationObstructed(ID, 1, 1, "etcd has no volume")),
                        "Hibernated"))
                .isEqualTo("False Obstructed It was not put to sleep: etcd has no volume.");
    }

    @Test
    void aPauseIsAConditionThatSaysUntilWhenAndWhyAndWhatIsLeft() {
        ClusterEvent paused = new ClusterEvent.ClusterPaused(ID, END, PauseReason.INCIDENT, "INC-17");
        ClusterEvent left = new ClusterEvent.DriftLeft(ID, 1, "Service/kube-apiserver", "it was missing");

        assertThat(said(status(), "Paused")).isEqualTo("False NotPaused Changes of the spec are carried out.");
        assertThat(said(status(paused, left), "Paused"))
                .isEqualTo("True PausedUntil Nothing of the cluster is changed until " + END
                        + ": incident INC-17. Left as they are, for they have drifted: 1."
                        + " Changes of the spec are carried out.");
        assertThat(said(status(paused, new ClusterEvent.PauseEnded(ID, 1, END)), "Paused"))
                .startsWith("False NotPaused");
    }

    @Test
    void whatWaitsForAWindowIsAConditionThatSaysWhichOne() {
        ClusterEvent planned = new ClusterEvent.WorkPlanned(ID, DisruptiveWork.AUTHORITY_ROTATION, null, END);

        assertThat(condition(status(), "WorkPlanned")).isEmpty();
        assertThat(said(status(planned), "WorkPlanned"))
                .isEqualTo(
                        "True WaitingForTheWindow Waiting for the window of " + END + ": rotation of the cluster CA.");
    }
}
