package aether.reconcile.certificates;

import static org.assertj.core.api.Assertions.assertThat;

import aether.domain.cluster.ClusterAuthorities;
import aether.domain.cluster.ClusterId;
import aether.domain.cluster.KeyRotation;
import aether.domain.organization.OrganizationId;
import aether.reconcile.render.ObjectRef;
import aether.reconcile.render.ResourceKind;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What is said of certificates as cert-manager reports them. */
class CertificatesDiagnosisTest {

    private static final DesiredCertificates DESIRED = new DesiredCertificates(
            new ClusterId(new UUID(0, 1)),
            new OrganizationId(new UUID(0, 2)),
            "10.2.0.2",
            List.of(),
            ClusterAuthorities.FIRST,
            KeyRotation.FIRST,
            Map.of(),
            Set.of(),
            false,
            5);

    private static JsonNode with(String conditions) {
        return JsonMapper.builder().build().readTree("{\"status\": {\"conditions\": [" + conditions + "]}}");
    }

    private static String condition(String type, String status, String reason) {
        return "{\"type\": \"%s\", \"status\": \"%s\", \"reason\": \"%s\"}".formatted(type, status, reason);
    }

    private static ObservedCertificates observed(Map<ObjectRef, JsonNode> objects, Map<String, Instant> early) {
        return new ObservedCertificates(
                objects, Map.of("apiserver", "why"), Map.of(), Map.of(), "", Instant.MAX, Map.of(), "", early);
    }

    private static List<String> said(ObservedCertificates observed) {
        return CertificatesDiagnosis.of(DESIRED, observed).stream()
                .map(found -> found.whose() + " " + found.reason())
                .toList();
    }

    private static Map<ObjectRef, JsonNode> certificate(String conditions) {
        return Map.of(new ObjectRef(ResourceKind.CERTIFICATE, "tenant", "apiserver"), with(conditions));
    }

    @ParameterizedTest
    @CsvSource({"Denied, RequestDenied", "Failed, IssuingFailed", "RequestChanged, IssuingFailed"})
    void whatEndedIsSaidByIssuing(String reason, String word) {
        String conditions = condition("Ready", "False", "DoesNotExist") + "," + condition("Issuing", "False", reason);

        assertThat(said(observed(certificate(conditions), Map.of()))).containsExactly("INFRASTRUCTURE " + word);
    }

    @Test
    void whatNobodyLookedAtHasNoCondition() {
        assertThat(said(observed(certificate(""), Map.of()))).containsExactly("INFRASTRUCTURE CertManagerSilent");
    }

    @Test
    void thatThereIsNobodyToSignIsSaidByTheIssuer() {
        String conditions = condition("Ready", "False", "DoesNotExist") + "," + condition("Issuing", "True", "");
        Map<ObjectRef, JsonNode> objects = new HashMap<>(certificate(conditions));
        assertThat(said(observed(objects, Map.of()))).containsExactly("INFRASTRUCTURE NotIssuedYet");

        objects.put(
                new ObjectRef(ResourceKind.ISSUER, "tenant", "cluster-ca"), with(condition("Ready", "False", "Err")));
        assertThat(said(observed(objects, Map.of()))).containsExactly("INFRASTRUCTURE IssuerNotReady");
    }

    @Test
    void aCertificateOfTheFutureComesFirst() {
        assertThat(said(observed(certificate(""), Map.of("etcd-peer", Instant.MAX))))
                .containsExactly("INFRASTRUCTURE ClockSkew", "INFRASTRUCTURE CertManagerSilent");
    }
}
