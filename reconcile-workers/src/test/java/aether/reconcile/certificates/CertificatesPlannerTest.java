package aether.reconcile.certificates;

import static org.assertj.core.api.Assertions.assertThat;

import aether.domain.cluster.CertificateAuthority;
import aether.domain.cluster.ClusterAuthorities;
import aether.domain.cluster.ClusterAuthority;
import aether.domain.cluster.ClusterId;
import aether.domain.cluster.IssuedCertificate;
import aether.domain.cluster.KeyRotation;
import aether.domain.organization.OrganizationId;
import aether.reconcile.loop.Plan;
import aether.reconcile.render.Difference;
import aether.reconcile.render.ObjectRef;
import aether.reconcile.render.Rendered;
import aether.reconcile.render.ResourceKind;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class CertificatesPlannerTest {

    private static final Instant END = Instant.parse("2027-01-01T00:00:00Z");

    private static DesiredCertificates desired(boolean reported, String... apiNames) {
        return new DesiredCertificates(
                new ClusterId(new UUID(2, 2)),
                new OrganizationId(new UUID(1, 1)),
                "10.2.0.2",
                List.of(apiNames),
                ClusterAuthorities.FIRST,
                KeyRotation.FIRST,
                Map.of(),
                Set.of(),
                reported,
                5);
    }

    @Test
    void aFurtherNameIsOneChangedCertificateAndNoDrift() {
        Plan<CertificatesStep> plan = new CertificatesPlanner()
                .plan(desired(true, "192.0.2.7", "api.shop.example", "localhost"), observed(everything(), Map.of()));

        assertThat(plan.steps()).singleElement().isInstanceOfSatisfying(CertificatesStep.Apply.class, apply -> {
            JsonNode spec = apply.rendered().json().path("spec");
            assertThat(apply.rendered().ref().name()).isEqualTo(TenantCertificate.APISERVER);
            assertThat(spec.path("dnsNames").toString()).contains("\"api.shop.example\"");
            assertThat(spec.path("dnsNames").toString()).containsOnlyOnce("\"localhost\"");
            assertThat(spec.path("ipAddresses").toString()).contains("\"10.2.0.2\"", "\"192.0.2.7\"");
        });
    }

    private static Map<ObjectRef, JsonNode> everything() {
        Map<ObjectRef, JsonNode> objects = new HashMap<>();
        CertificateRendering.of(desired(false)).forEach(object -> objects.put(object.ref(), object.json()));
        return objects;
    }

    private static ObservedCertificates observed(Map<ObjectRef, JsonNode> objects, Map<String, String> waiting) {
        return new ObservedCertificates(objects, waiting, Map.of(), Map.of(), "ab", END, Map.of(), "");
    }

    @Test
    void whatIsMissingIsAskedForInTheOrderOfItsUse() {
        Plan<CertificatesStep> plan = new CertificatesPlanner().plan(desired(false), observed(Map.of(), Map.of()));

        assertThat(plan.steps())
                .hasSize(CertificateRendering.of(desired(false)).size())
                .allMatch(CertificatesStep.Apply.class::isInstance);
    }

    @Test
    void nothingIsReportedBeforeEverythingIsIssued() {
        assertThat(new CertificatesPlanner()
                        .plan(desired(false), observed(everything(), Map.of("admin", "Issuing")))
                        .steps())
                .isEmpty();
        assertThat(new CertificatesPlanner()
                        .plan(desired(false), observed(everything(), Map.of()))
                        .steps())
                .containsExactly(new CertificatesStep.ReportIssued("ab", END));
    }

    @Test
    void aSteadyPkiNeedsNothing() {
        assertThat(new CertificatesPlanner().plan(desired(true), observed(everything(), Map.of())))
                .isEqualTo(Plan.done());
    }

    @Test
    void whatIsTakenAwayLaterIsDriftAndSaid() {
        Map<ObjectRef, JsonNode> objects = everything();
        Rendered admin = CertificateRendering.of(desired(true)).stream()
                .filter(object -> object.ref().shown().equals("Certificate/admin"))
                .findFirst()
                .orElseThrow();
        objects.remove(admin.ref());

        assertThat(new CertificatesPlanner()
                        .plan(desired(true), observed(objects, Map.of()))
                        .steps())
                .containsExactly(
                        new CertificatesStep.Apply(admin, new Difference(Difference.Kind.MISSING, "it was missing")),
                        new CertificatesStep.ReportDrift("Certificate/admin", "it was missing"));
    }

    @Test
    void onlyTheAdministratorIsAMemberOfMasters() {
        assertThat(TenantCertificate.of(ClusterAuthorities.FIRST, KeyRotation.FIRST))
                .filteredOn(row -> row.organizations().contains("system:masters"))
                .extracting(TenantCertificate::name)
                .containsExactly(TenantCertificate.ADMIN);
    }

    @Test
    void everyIssuerThatIsNamedIsRendered() {
        Set<String> issuers = new HashSet<>();
        CertificateRendering.of(desired(false)).stream()
                .filter(object -> object.ref().kind().kind().endsWith("Issuer"))
                .forEach(object -> issuers.add(
                        object.ref().kind().kind() + " " + object.ref().name()));

        assertThat(CertificateRendering.of(desired(false)).stream()
                        .filter(object -> object.ref().kind().equals(ResourceKind.CERTIFICATE))
                        .map(object -> object.json().path("spec").path("issuerRef")))
                .isNotEmpty()
                .allSatisfy(named -> assertThat(issuers)
                        .contains(named.path("kind").asString("") + " "
                                + named.path("name").asString("")));
    }

    @Test
    void nothingButTheThreeAuthoritiesIsSignedByTheRoot() {
        assertThat(CertificateRendering.of(desired(false)).stream()
                        .filter(object -> object.json()
                                .at("/spec/issuerRef/kind")
                                .asString("")
                                .equals("ClusterIssuer"))
                        .map(object -> object.ref().name()))
                .containsExactly(
                        TenantCertificate.CLUSTER_CA, TenantCertificate.ETCD_CA, TenantCertificate.FRONT_PROXY_CA);
    }

    private static DesiredCertificates withTokens(KeyRotation serviceAccount) {
        DesiredCertificates steady = desired(true);
        return new DesiredCertificates(
                steady.clusterId(),
                steady.organizationId(),
                steady.endpointHost(),
                steady.apiNames(),
                ClusterAuthorities.FIRST,
                serviceAccount,
                Map.of(),
                Set.of(),
                true,
                5);
    }

    @Test
    void aNewKeyPairIsAskedForBesideTheOldOneAndTheOldOneGoesWhenItIsDropped() {
        ObservedCertificates before = observed(everything(), Map.of());

        assertThat(new CertificatesPlanner()
                        .plan(withTokens(new KeyRotation(1, KeyRotation.Phase.SPREADING)), before)
                        .steps())
                .as("asked for, and no drift")
                .singleElement()
                .isInstanceOfSatisfying(
                        CertificatesStep.Apply.class,
                        apply -> assertThat(apply.rendered().ref().shown()).isEqualTo("Certificate/service-account-2"));

        DesiredCertificates dropping = withTokens(new KeyRotation(1, KeyRotation.Phase.DROPPING));
        Map<ObjectRef, JsonNode> both = new HashMap<>(everything());
        CertificateRendering.of(dropping).forEach(object -> both.put(object.ref(), object.json()));
        ObjectRef old = new ObjectRef(
                ResourceKind.CERTIFICATE, "tenant-" + dropping.clusterId(), TenantCertificate.SERVICE_ACCOUNT);
        ObservedCertificates observed =
                new ObservedCertificates(both, Map.of(), Map.of(), Map.of(old, "u-1"), "ab", END, Map.of(), "");
        assertThat(new CertificatesPlanner().plan(dropping, observed).steps())
                .containsExactly(new CertificatesStep.Delete(old, "u-1"));
    }

    private static DesiredCertificates rotating(ClusterAuthority.Phase phase) {
        return rotating(CertificateAuthority.CLUSTER, phase);
    }

    private static DesiredCertificates rotating(CertificateAuthority which, ClusterAuthority.Phase phase) {
        DesiredCertificates steady = desired(true);
        return new DesiredCertificates(
                steady.clusterId(),
                steady.organizationId(),
                steady.endpointHost(),
                steady.apiNames(),
                ClusterAuthorities.FIRST.with(which, new ClusterAuthority(1, phase)),
                KeyRotation.FIRST,
                Map.of(),
                Set.of(),
                true,
                5);
    }

    private static List<String> applied(ClusterAuthority.Phase from, ClusterAuthority.Phase to) {
        return applied(CertificateAuthority.CLUSTER, from, to);
    }

    private static List<String> applied(
            CertificateAuthority which, ClusterAuthority.Phase from, ClusterAuthority.Phase to) {
        Map<ObjectRef, JsonNode> objects = new HashMap<>();
        CertificateRendering.of(rotating(which, from)).forEach(object -> objects.put(object.ref(), object.json()));
        return new CertificatesPlanner()
                .plan(rotating(which, to), observed(objects, Map.of())).steps().stream()
                        .map(step -> switch (step) {
                            case CertificatesStep.Apply apply ->
                                apply.rendered().ref().shown();
                            case CertificatesStep.Delete delete ->
                                "-" + delete.ref().shown();
                            case CertificatesStep.ReportDrift drift -> "drift of " + drift.subject();
                            case CertificatesStep.ReportIssued unused -> "issued";
                            case CertificatesStep.ReportRenewed unused -> "renewed";
                            case CertificatesStep.ReportOverdue unused -> "overdue";
                            case CertificatesStep.ReportCaughtUp unused -> "caught up";
                        })
                        .toList();
    }

    /** Which certificates each phase of a rotation reissues, and that none of it is called drift. */
    @Test
    void eachPhaseOfARotationReissuesWhatItMay() {
        assertThat(applied(ClusterAuthority.Phase.STEADY, ClusterAuthority.Phase.TRUSTING))
                .containsExactly("Certificate/cluster-ca-2", "Issuer/cluster-ca-2");
        assertThat(applied(ClusterAuthority.Phase.TRUSTING, ClusterAuthority.Phase.SIGNING))
                .containsExactlyInAnyOrder(
                        "Certificate/admin",
                        "Certificate/controller-manager",
                        "Certificate/konnectivity-client",
                        "Certificate/scheduler",
                        "Certificate/service-account");
        assertThat(applied(ClusterAuthority.Phase.SIGNING, ClusterAuthority.Phase.PREPARED))
                .isEmpty();
        assertThat(applied(ClusterAuthority.Phase.PREPARED, ClusterAuthority.Phase.REISSUING))
                .containsExactlyInAnyOrder(
                        "Certificate/apiserver",
                        "Certificate/apiserver-kubelet-client",
                        "Certificate/konnectivity-server");
        assertThat(applied(ClusterAuthority.Phase.REISSUING, ClusterAuthority.Phase.RETIRING))
                .isEmpty();
    }

    /** Etcd: its client first, its members when every API server trusts both; the front proxy has clients alone. */
    @Test
    void theOtherAuthoritiesReissueTheirOwn() {
        CertificateAuthority etcd = CertificateAuthority.ETCD;
        assertThat(applied(etcd, ClusterAuthority.Phase.STEADY, ClusterAuthority.Phase.TRUSTING))
                .containsExactly("Certificate/etcd-ca-2", "Issuer/etcd-ca-2");
        assertThat(applied(etcd, ClusterAuthority.Phase.TRUSTING, ClusterAuthority.Phase.SIGNING))
                .containsExactly("Certificate/apiserver-etcd-client");
        assertThat(applied(etcd, ClusterAuthority.Phase.SIGNING, ClusterAuthority.Phase.PREPARED))
                .isEmpty();
        assertThat(applied(etcd, ClusterAuthority.Phase.PREPARED, ClusterAuthority.Phase.REISSUING))
                .containsExactlyInAnyOrder("Certificate/etcd-server", "Certificate/etcd-peer");

        CertificateAuthority proxy = CertificateAuthority.FRONT_PROXY;
        assertThat(applied(proxy, ClusterAuthority.Phase.STEADY, ClusterAuthority.Phase.TRUSTING))
                .containsExactly("Certificate/front-proxy-ca-2", "Issuer/front-proxy-ca-2");
        assertThat(applied(proxy, ClusterAuthority.Phase.TRUSTING, ClusterAuthority.Phase.SIGNING))
                .containsExactly("Certificate/front-proxy-client");
        assertThat(applied(proxy, ClusterAuthority.Phase.SIGNING, ClusterAuthority.Phase.RETIRING))
                .isEmpty();
    }

    @Test
    void whatIsLeftOfAnOldAuthorityGoesKeyLast() {
        Map<ObjectRef, JsonNode> objects = new HashMap<>();
        CertificateRendering.of(rotating(ClusterAuthority.Phase.RETIRING))
                .forEach(object -> objects.put(object.ref(), object.json()));
        String namespace = "tenant-" + desired(true).clusterId();
        Map<ObjectRef, String> authorities = new HashMap<>();
        for (String name : List.of("cluster-ca", "cluster-ca-2")) {
            authorities.put(new ObjectRef(ResourceKind.SECRET, namespace, name), "s-" + name);
            authorities.put(new ObjectRef(ResourceKind.ISSUER, namespace, name), "i-" + name);
            authorities.put(new ObjectRef(ResourceKind.CERTIFICATE, namespace, name), "c-" + name);
        }

        assertThat(new CertificatesPlanner()
                        .plan(
                                rotating(ClusterAuthority.Phase.RETIRING),
                                new ObservedCertificates(
                                        objects, Map.of(), Map.of(), authorities, "ab", END, Map.of(), ""))
                        .steps())
                .containsExactly(
                        new CertificatesStep.Delete(
                                new ObjectRef(ResourceKind.CERTIFICATE, namespace, "cluster-ca"), "c-cluster-ca"),
                        new CertificatesStep.Delete(
                                new ObjectRef(ResourceKind.ISSUER, namespace, "cluster-ca"), "i-cluster-ca"),
                        new CertificatesStep.Delete(
                                new ObjectRef(ResourceKind.SECRET, namespace, "cluster-ca"), "s-cluster-ca"));
    }

    @Test
    void aRenewedCertificateIsSaidOnce() {
        IssuedCertificate admin = new IssuedCertificate("admin", "cd", "CN=cluster-ca", END);
        ObservedCertificates renewed = new ObservedCertificates(
                everything(), Map.of(), Map.of("admin", admin), Map.of(), "ab", END, Map.of(), "");
        DesiredCertificates steady = desired(true);
        DesiredCertificates knowing = new DesiredCertificates(
                steady.clusterId(),
                steady.organizationId(),
                steady.endpointHost(),
                steady.apiNames(),
                ClusterAuthorities.FIRST,
                KeyRotation.FIRST,
                Map.of("admin", admin),
                Set.of(),
                true,
                6);

        assertThat(new CertificatesPlanner().plan(steady, renewed).steps())
                .containsExactly(new CertificatesStep.ReportRenewed(List.of(admin)));
        assertThat(new CertificatesPlanner().plan(knowing, renewed)).isEqualTo(Plan.done());
    }

    private static DesiredCertificates sayingOverdue(String... names) {
        DesiredCertificates steady = desired(true);
        return new DesiredCertificates(
                steady.clusterId(),
                steady.organizationId(),
                steady.endpointHost(),
                steady.apiNames(),
                ClusterAuthorities.FIRST,
                KeyRotation.FIRST,
                Map.of(),
                Set.of(names),
                true,
                6);
    }

    private static List<CertificatesStep> whenOverdue(DesiredCertificates desired, String... names) {
        Map<String, Instant> overdue = new HashMap<>();
        for (String name : names) {
            overdue.put(name, END);
        }
        return new CertificatesPlanner()
                .plan(
                        desired,
                        new ObservedCertificates(
                                everything(), Map.of(), Map.of(), Map.of(), "ab", END, overdue, "Denied"))
                .steps();
    }

    @Test
    void aRenewalThatIsOverdueIsSaidOnceAndOnceWhenItIsOver() {
        assertThat(whenOverdue(desired(true), "etcd-peer", "admin"))
                .containsExactly(new CertificatesStep.ReportOverdue(List.of("admin", "etcd-peer"), END, "Denied"));
        assertThat(whenOverdue(sayingOverdue("admin", "etcd-peer"), "admin")).isEmpty();
        assertThat(whenOverdue(sayingOverdue("admin"), "admin", "etcd-peer")).hasSize(1);
        assertThat(whenOverdue(sayingOverdue("admin"))).containsExactly(new CertificatesStep.ReportCaughtUp());
        assertThat(whenOverdue(desired(true))).isEmpty();
    }
}
