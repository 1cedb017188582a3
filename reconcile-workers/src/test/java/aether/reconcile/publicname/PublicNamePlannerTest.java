package aether.reconcile.publicname;

import static org.assertj.core.api.Assertions.assertThat;

import aether.domain.cluster.Channel;
import aether.domain.cluster.ClusterEvent;
import aether.domain.cluster.ClusterId;
import aether.domain.cluster.ClusterState;
import aether.domain.cluster.Fault;
import aether.domain.cluster.IssuedCertificate;
import aether.domain.kernel.KubernetesVersion;
import aether.domain.organization.OrganizationId;
import aether.reconcile.desired.Known;
import aether.reconcile.loop.Plan;
import aether.reconcile.render.ObjectRef;
import aether.reconcile.render.ResourceKind;
import java.net.URI;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Each way a public name may go, and whose turn it is. */
class PublicNamePlannerTest {

    private static final ClusterId CLUSTER = new ClusterId(new UUID(2, 2));
    private static final OrganizationId ORGANIZATION = new OrganizationId(new UUID(1, 1));
    private static final Instant END = Instant.parse("2027-01-01T00:00:00Z");
    private static final String GIVEN = "shop.acme.north.clusters.example";
    private static final String OWN = "api.shop.example";
    private static final String TARGET = CLUSTER + ".acme.clusters.example";
    private static final IssuedCertificate ISSUED = new IssuedCertificate("public-name", "ab", "CN=R3", END);
    private static final ObservedPublicName NOTHING = new ObservedPublicName(Map.of(), "", null, "", "");

    static final PublicNames SITE = new PublicNames(
            "clusters.example",
            URI.create("https://acme.example/directory"),
            "ops@clusters.example",
            "",
            new Solver.Rfc2136("192.0.2.53:53", "aether", "HMACSHA256", "zone-key"));

    private static ClusterState cluster(boolean publicEndpoint, ClusterEvent... events) {
        ClusterState state = ClusterState.ABSENT
                .apply(new ClusterEvent.ClusterRequested(
                        CLUSTER,
                        ORGANIZATION,
                        "shop",
                        "north",
                        KubernetesVersion.SUPPORTED.getFirst(),
                        publicEndpoint,
                        Channel.API))
                .apply(new ClusterEvent.CertificatesIssued(CLUSTER, 1, "ab", END));
        for (ClusterEvent event : events) {
            state = state.apply(event);
        }
        return state;
    }

    private static Optional<DesiredPublicName> desired(@Nullable PublicNames site, ClusterState state) {
        return DesiredPublicName.of(new Known<>(state, 5), site, Optional.of("acme"));
    }

    private static Plan<PublicNameStep> plan(ClusterState state, ObservedPublicName observed) {
        return PublicNamePlanner.plan(desired(SITE, state).orElseThrow(), observed);
    }

    private static ObservedPublicName rendered(
            ClusterState state, String alias, @Nullable IssuedCertificate issued, String issuer, String trouble) {
        Map<ObjectRef, JsonNode> objects = new HashMap<>();
        DesiredPublicName desired = desired(SITE, state).orElseThrow();
        for (var object : List.of(PublicNameRendering.issuer(SITE), PublicNameRendering.certificate(desired))) {
            objects.put(object.ref(), object.json());
        }
        return new ObservedPublicName(objects, alias, issued, issuer, trouble);
    }

    private static ClusterEvent set(String domain) {
        return new ClusterEvent.PublicDomainSet(CLUSTER, domain);
    }

    private static ClusterEvent asked(String name, String target) {
        return new ClusterEvent.PublicNameAsked(CLUSTER, 1, name, target);
    }

    private static ClusterEvent failed(String name, Fault fault) {
        return new ClusterEvent.PublicNameFailed(CLUSTER, 1, name, fault, "why");
    }

    @Test
    void nothingIsWantedUnlessTheSiteGivesNamesAndTheEndpointIsPublic() {
        assertThat(desired(null, cluster(true))).isEmpty();
        assertThat(desired(SITE, cluster(false))).isEmpty();
        assertThat(desired(SITE, ClusterState.ABSENT)).isEmpty();
        assertThat(desired(SITE, cluster(true)).orElseThrow().wanted()).isEqualTo(GIVEN);
        assertThat(desired(SITE, cluster(false, set(OWN))).orElseThrow().wanted())
                .isEqualTo(OWN);
    }

    @Test
    void whatIsAskedForIsSaidBeforeAnythingIsDone() {
        assertThat(plan(cluster(true), NOTHING).steps()).containsExactly(new PublicNameStep.ReportAsked(GIVEN, ""));
        assertThat(plan(cluster(false, set(OWN)), NOTHING).steps())
                .containsExactly(new PublicNameStep.ReportAsked(OWN, TARGET));
    }

    @Test
    void issuerAndCertificateAreWrittenOnceAndThenItWaitsForNobody() {
        ClusterState state = cluster(true, asked(GIVEN, ""));

        assertThat(plan(state, NOTHING).steps()).hasSize(2).allMatch(PublicNameStep.Apply.class::isInstance);
        assertThat(plan(state, rendered(state, "", null, "", ""))).isEqualTo(Plan.done());
    }

    @Test
    void aCustomersDomainIsNotOrderedBeforeItsZoneNamesThisCluster() {
        ClusterState state = cluster(false, set(OWN), asked(OWN, TARGET));

        assertThat(plan(state, NOTHING).steps())
                .singleElement()
                .isInstanceOfSatisfying(PublicNameStep.ReportFailed.class, report -> {
                    assertThat(report.fault()).isEqualTo(Fault.CUSTOMER);
                    assertThat(report.reason()).contains("_acme-challenge." + OWN, TARGET, "it is none");
                });
        ObservedPublicName elsewhere = new ObservedPublicName(Map.of(), "another.acme.clusters.example", null, "", "");
        assertThat(plan(state, elsewhere).steps()).singleElement().isInstanceOf(PublicNameStep.ReportFailed.class);
        assertThat(plan(state.apply(failed(OWN, Fault.CUSTOMER)), elsewhere)).isEqualTo(Plan.done());

        ObservedPublicName delegated = new ObservedPublicName(Map.of(), TARGET, null, "", "");
        assertThat(plan(state.apply(failed(OWN, Fault.CUSTOMER)), delegated).steps())
                .allMatch(PublicNameStep.Apply.class::isInstance)
                .hasSize(2);
    }

    @Test
    void whatIsIssuedIsSaidOnceAndAgainWhenItIsRenewed() {
        ClusterState state = cluster(true, asked(GIVEN, ""));
        ObservedPublicName issued = rendered(state, "", ISSUED, "", "");
        ClusterState known = state.apply(new ClusterEvent.PublicNameIssued(CLUSTER, 1, GIVEN, ISSUED));

        assertThat(plan(state, issued).steps()).containsExactly(new PublicNameStep.ReportIssued(GIVEN, ISSUED));
        assertThat(plan(known, issued)).isEqualTo(Plan.done());
        assertThat(plan(known.apply(failed(GIVEN, Fault.INFRASTRUCTURE)), issued)
                        .steps())
                .as("it heals itself")
                .containsExactly(new PublicNameStep.ReportIssued(GIVEN, ISSUED));
    }

    @Test
    void aFailureNamesWhoseItIs() {
        ClusterState own = cluster(false, set(OWN), asked(OWN, TARGET));
        ClusterState given = cluster(true, asked(GIVEN, ""));

        assertThat(fault(own, "", "Failed urn:ietf:params:acme:error:dns: no TXT"))
                .isEqualTo(Fault.CUSTOMER);
        assertThat(fault(given, "", "Failed urn:ietf:params:acme:error:dns: no TXT"))
                .isEqualTo(Fault.OURS);
        assertThat(fault(own, "", "Failed 429 urn:ietf:params:acme:error:rateLimited: too many"))
                .isEqualTo(Fault.INFRASTRUCTURE);
        assertThat(fault(own, "", "Denied by policy")).isEqualTo(Fault.OURS);
        assertThat(fault(own, "ErrRegisterACMEAccount no such host", "")).isEqualTo(Fault.INFRASTRUCTURE);
        assertThat(fault(own, "ErrRegisterACMEAccount urn:ietf:params:acme:error:unauthorized", ""))
                .as("the account is the site's")
                .isEqualTo(Fault.OURS);
    }

    private static Fault fault(ClusterState state, String issuer, String trouble) {
        return plan(state, rendered(state, TARGET, null, issuer, trouble)).steps().stream()
                .map(PublicNameStep.ReportFailed.class::cast)
                .map(PublicNameStep.ReportFailed::fault)
                .findFirst()
                .orElseThrow();
    }

    @Test
    void aNameThatIsNotWantedAnyMoreGoesCertificateFirst() {
        ClusterState state = cluster(false, set(OWN), asked(OWN, TARGET), set(""));
        String namespace = "tenant-" + CLUSTER;
        ObjectRef certificate = new ObjectRef(ResourceKind.CERTIFICATE, namespace, "public-name");
        ObjectRef secret = new ObjectRef(ResourceKind.SECRET, namespace, "public-name");
        JsonNode some = PublicNameRendering.issuer(SITE).json();

        assertThat(plan(state, new ObservedPublicName(Map.of(certificate, some, secret, some), "", null, "", ""))
                        .steps())
                .containsExactly(new PublicNameStep.Delete(certificate, ""), new PublicNameStep.Delete(secret, ""));
        assertThat(plan(state, NOTHING).steps()).containsExactly(new PublicNameStep.ReportAsked("", ""));
        assertThat(desired(SITE, state.apply(asked("", ""))))
                .as("nothing of it is left")
                .isEmpty();
    }

    @Test
    void aDomainThatCannotBeHadHereSaysWhy() {
        ClusterState state = cluster(false, set(OWN));
        ClusterState ours = cluster(false, set("mine.clusters.example"));

        assertThat(PublicNamePlanner.plan(desired(null, state).orElseThrow(), NOTHING)
                        .steps())
                .containsExactly(new PublicNameStep.ReportFailed("", Fault.OURS, "this site gives no public names"));
        assertThat(plan(ours, NOTHING).steps())
                .singleElement()
                .isInstanceOfSatisfying(
                        PublicNameStep.ReportFailed.class,
                        report -> assertThat(report.fault()).isEqualTo(Fault.CUSTOMER));
    }
}
