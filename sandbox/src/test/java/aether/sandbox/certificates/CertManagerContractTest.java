package aether.sandbox.certificates;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aether.sandbox.journal.Json;
import aether.sandbox.kubernetes.Deletion;
import aether.sandbox.kubernetes.Types;
import java.nio.charset.StandardCharsets;
import java.security.SignatureException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/**
 * The traps of cert-manager, each a row, so that workers are not tested against our wishes. What it does not play:
 * CertificateRequests as objects (a refusal is an annotation, see {@link CertificateStep#DENY}), Events, keystores,
 * renewal windows (only {@code policy: Disabled}).
 */
class CertManagerContractTest extends CertManagerFixture {
    private static final String NAME_A = "\"dnsNames\":[\"a.example\"]";

    @Trap(source = {"pkg/util/pki/parse_certificate_chain.go", "pkg/controller/certificaterequests/ca/ca.go"})
    void theCaCrtOfAnAuthorityIsTheIssuerAboveIt() {
        leaf("leaf", NAME_A);

        assertThat(chain("ca", "tls.crt")).hasSize(1);
        assertThat(first("ca").getSubjectX500Principal().getName()).isEqualTo("CN=ca");
        assertThat(chain("ca", "ca.crt").getFirst().getSubjectX500Principal().getName())
                .isEqualTo("CN=root");
        assertThat(chain("leaf", "tls.crt")).hasSize(2).last().isEqualTo(first("ca"));
        assertThat(chain("leaf", "ca.crt")).containsExactly(first("ca"));
    }

    @Trap(
            source =
                    "internal/controller/certificates/policies/checks.go: no check compares the issuing CA (#2478, #9076)")
    void renewingAnAuthorityReissuesNoLeafAndIssuingDoes() throws Exception {
        leaf("leaf", NAME_A);
        X509Certificate before = first("leaf");

        renew("ca");
        await(() -> revision("ca") == 2);
        settle();
        assertThat(first("leaf")).isEqualTo(before);
        assertThat(before.getIssuerX500Principal()).isEqualTo(first("ca").getSubjectX500Principal());
        assertThatThrownBy(() -> before.verify(key("ca"))).isInstanceOf(SignatureException.class);

        renew("leaf");
        await(() -> revision("leaf") == 2);
        assertThatCode(() -> first("leaf").verify(key("ca"))).doesNotThrowAnyException();
    }

    @Trap(source = "docs usage/certificate, rotationPolicy Never: a renewed authority keeps its key, and its leaves")
    void anAuthorityThatKeepsItsKeyKeepsItsLeaves() {
        certificate(
                "kept",
                "\"isCA\":true,\"commonName\":\"kept\",\"privateKey\":{\"rotationPolicy\":\"Never\"},\"issuerRef\":{\"kind\":\"ClusterIssuer\",\"name\":\"root\"}");
        apply(Types.ISSUER, NAMESPACE, "kept", "{\"spec\":{\"ca\":{\"secretName\":\"kept\"}}}");
        certificate("leaf", "\"issuerRef\":{\"name\":\"kept\"}," + NAME_A);

        renew("kept");
        await(() -> revision("kept") == 2);

        assertThatCode(() -> first("leaf").verify(key("kept"))).doesNotThrowAnyException();
    }

    @Trap(source = "pkg/util/pki/generate.go: NotAfter is now plus duration, whatever the issuer's end is (#1869)")
    void aLeafMayOutliveItsAuthority() {
        certificate("leaf", "\"duration\":\"17520h\",\"issuerRef\":{\"name\":\"ca\"}," + NAME_A);

        assertThat(first("leaf").getNotAfter()).isAfter(first("ca").getNotAfter());
    }

    @Trap(source = "release notes 1.18; pkg/apis/certmanager/v1/defaults.go")
    void everyIssuanceMakesAKeyUnlessToldNever() {
        leaf("silent", NAME_A);
        leaf("never", NAME_A + ",\"privateKey\":{\"rotationPolicy\":\"Never\"}");
        var silent = key("silent");
        var never = key("never");

        renew("silent");
        renew("never");
        await(() -> revision("silent") == 2 && revision("never") == 2);

        assertThat(key("silent")).isNotEqualTo(silent);
        assertThat(key("never")).isEqualTo(never);
    }

    @Trap(source = "pkg/controller/certificates/keymanager/keymanager_controller.go: no Secret, a new key")
    void neverKeepsAKeyOnlyAsLongAsThereIsASecret() {
        leaf("never", NAME_A + ",\"privateKey\":{\"rotationPolicy\":\"Never\"}");
        var before = key("never");

        deleteSecret("never");
        await(() -> revision("never") == 2);

        assertThat(key("never")).isNotEqualTo(before);
    }

    @Trap(source = "keymanager_controller.go: CannotRegenerateKey, user intervention required")
    void neverStopsForGoodWhenAnotherKindOfKeyIsAskedFor() {
        leaf("never", NAME_A + ",\"privateKey\":{\"algorithm\":\"RSA\",\"rotationPolicy\":\"Never\"}");

        ask("never", leafFields(NAME_A + ",\"privateKey\":{\"algorithm\":\"ECDSA\",\"rotationPolicy\":\"Never\"}"));
        await(() -> condition("never", "Issuing", "status").equals("True"));
        settle();

        assertThat(revision("never")).isEqualTo(1);
        assertThat(condition("never", "Ready", "reason")).isEqualTo("SecretMismatch");
    }

    @Trap(source = "pkg/util/pki/match.go: an algorithm that is not said is RSA of 2048 bits")
    void aKeyIsRsaUnlessSaidOtherwise() {
        leaf("leaf", NAME_A);

        assertThat(key("leaf").getAlgorithm()).isEqualTo("RSA");
        assertThat(Pem.entry(secret("leaf"), "tls.key")).startsWith("-----BEGIN RSA PRIVATE KEY-----");
    }

    @Trap(source = "pkg/util/pki/renewaltime.go: a third before the end")
    void renewsAThirdBeforeTheEnd() {
        leaf("leaf", NAME_A);
        assertThat(Json.text(stored("leaf"), "status", "renewalTime")).isEqualTo("2027-01-23T12:00:00Z");

        at(Instant.parse("2027-01-23T11:59:59Z"));
        settle();
        assertThat(revision("leaf")).isEqualTo(1);

        at(Instant.parse("2027-01-23T12:00:00Z"));
        await(() -> revision("leaf") == 2);
        assertThat(first("leaf").getNotBefore().toInstant()).isEqualTo("2027-01-23T12:00:00Z");
    }

    @Trap(source = "pkg/util/pki/renewaltime.go: desiredRenewalTime")
    void renewsWhenItIsSaidInHoursOrAsAShareOfItsLife() {
        leaf("hours", NAME_A + ",\"renewBefore\":\"240h\"");
        leaf("share", NAME_A + ",\"renewBeforePercentage\":10");

        assertThat(Json.text(stored("hours"), "status", "renewalTime")).isEqualTo("2027-02-12T12:00:00Z");
        assertThat(Json.text(stored("share"), "status", "renewalTime")).isEqualTo("2027-02-13T12:00:00Z");
    }

    @Trap(source = "pkg/util/pki/renewaltime.go: CertificateRenewalPolicyDisabled")
    void neverRenewsWhenThatIsDisabled() {
        leaf("leaf", NAME_A + ",\"renewal\":{\"policy\":\"Disabled\"}");

        at(Instant.parse("2027-02-21T00:00:00Z"));
        settle();

        assertThat(revision("leaf")).isEqualTo(1);
        assertThat(Json.at(stored("leaf"), "status").has("renewalTime")).isFalse();
    }

    @Trap(source = "policies.go: NewReadinessPolicyChain has CurrentCertificateHasExpired, not …NearingExpiry")
    void isReadyUntilItsEndThoughItsRenewalFails() {
        leaf("leaf", NAME_A);
        apply(Types.CERTIFICATE, NAMESPACE, "leaf", """
                {"metadata":{"annotations":{"sandbox.aetherplatform.cloud/deny":"policy"}},
                 "spec":{"secretName":"leaf","duration":"2160h","issuerRef":{"name":"ca"},"dnsNames":["a.example"]}}""");

        at(Instant.parse("2027-02-20T12:00:00Z"));
        await(() -> failures("leaf") == 1);
        assertThat(condition("leaf", "Ready", "status")).isEqualTo("True");

        at(Instant.parse("2027-02-22T12:00:01Z"));
        await(() -> condition("leaf", "Ready", "reason").equals("Expired"));
    }

    @Trap(source = "checks.go: SecretDoesNotExist, SecretIsMissingData, SecretPublicKeysDiffer")
    void issuesAgainWhatHasVanishedOrDoesNotFit() {
        leaf("gone", NAME_A);
        leaf("torn", NAME_A);
        leaf("other", NAME_A);

        deleteSecret("gone");
        apply(Types.SECRET, NAMESPACE, "torn", "{\"type\":\"kubernetes.io/tls\",\"data\":{\"tls.crt\":\"\"}}");
        String foreign = Json.text(secret("ca"), "data", "tls.key");
        apply(
                Types.SECRET,
                NAMESPACE,
                "other",
                "{\"type\":\"kubernetes.io/tls\",\"data\":{\"tls.key\":\"%s\"}}".formatted(foreign));

        await(() -> revision("gone") == 2 && revision("torn") == 2 && revision("other") == 2);
    }

    @Trap(source = "checks.go: nothing looks at ca.crt; docs configuration/ca: do not mount it as a trust store")
    void nobodyPutsATamperedCaCrtBack() {
        leaf("leaf", NAME_A);
        String nonsense = Base64.getEncoder().encodeToString("nonsense".getBytes(StandardCharsets.UTF_8));

        apply(
                Types.SECRET,
                NAMESPACE,
                "leaf",
                "{\"type\":\"kubernetes.io/tls\",\"data\":{\"ca.crt\":\"%s\"}}".formatted(nonsense));
        settle();

        assertThat(revision("leaf")).isEqualTo(1);
        assertThat(Pem.entry(secret("leaf"), "ca.crt")).isEqualTo("nonsense");
    }

    @Trap(source = "pkg/util/pki/match.go: RequestMatchesSpec")
    void issuesAgainWhenNamesUsagesOrLifeChange() {
        leaf("leaf", NAME_A);
        leaf("leaf", "\"dnsNames\":[\"a.example\",\"b.example\"]");
        await(() -> revision("leaf") == 2);
        leaf("leaf", "\"dnsNames\":[\"a.example\",\"b.example\"],\"usages\":[\"client auth\"]");
        await(() -> revision("leaf") == 3);
        certificate(
                "leaf",
                "\"duration\":\"720h\",\"issuerRef\":{\"name\":\"ca\"},\"dnsNames\":[\"a.example\",\"b.example\"],\"usages\":[\"client auth\"]");
        await(() -> revision("leaf") == 4);

        assertThat(sandbox.inventory().path("doubles")).isEmpty();
    }

    @Trap(source = "pkg/util/pki/match.go: EqualUnsorted; renewBefore is not part of a request")
    void issuesNothingWhenOnlyTheOrderOrTheTimeOfRenewalChanges() {
        leaf("leaf", "\"dnsNames\":[\"a.example\",\"b.example\"]");
        leaf("leaf", "\"dnsNames\":[\"b.example\",\"a.example\"],\"renewBefore\":\"240h\"");
        settle();

        assertThat(revision("leaf")).isEqualTo(1);
        assertThat(Json.text(stored("leaf"), "status", "renewalTime")).isEqualTo("2027-02-12T12:00:00Z");
    }

    @Trap(source = "checks.go: SecretIssuerAnnotationsMismatch compares name, kind and group")
    void issuesAgainWhenAnotherIssuerIsNamedButNotWhenTheIssuersSpecChanges() {
        leaf("leaf", NAME_A);
        certificate(
                "second",
                "\"isCA\":true,\"commonName\":\"second\",\"issuerRef\":{\"kind\":\"ClusterIssuer\",\"name\":\"root\"}");
        apply(Types.ISSUER, NAMESPACE, "ca", "{\"spec\":{\"ca\":{\"secretName\":\"second\"}}}");
        settle();
        assertThat(revision("leaf")).isEqualTo(1);

        apply(Types.ISSUER, NAMESPACE, "second", "{\"spec\":{\"ca\":{\"secretName\":\"second\"}}}");
        certificate("leaf", "\"duration\":\"2160h\",\"issuerRef\":{\"name\":\"second\"}," + NAME_A);

        await(() -> revision("leaf") == 2);
        assertThatCode(() -> first("leaf").verify(key("second"))).doesNotThrowAnyException();
    }

    @Trap(source = "pkg/controller/certificates/issuing/internal/secret.go: the type persists; a Secret's is immutable")
    void aNewSecretIsOfTypeTlsAndAnOldOneKeepsItsType() {
        leaf("leaf", NAME_A);
        apply(Types.SECRET, NAMESPACE, "opaque", "{\"type\":\"Opaque\"}");
        leaf("opaque", NAME_A);

        assertThat(Json.text(secret("leaf"), "type")).isEqualTo("kubernetes.io/tls");
        assertThat(Json.text(secret("opaque"), "type")).isEqualTo("Opaque");
    }

    @Trap(source = "policies.go: NewSecretPostIssuancePolicyChain, SecretSecretTemplateMismatch")
    void putsLabelsOfTheTemplateOnTheSecretWithoutIssuing() {
        leaf("leaf", NAME_A + ",\"secretTemplate\":{\"labels\":{\"ours\":\"yes\"}}");
        X509Certificate before = first("leaf");
        apply(
                Types.SECRET,
                NAMESPACE,
                "leaf",
                "{\"type\":\"kubernetes.io/tls\",\"metadata\":{\"labels\":{\"ours\":\"no\"}}}");
        await(() -> Json.text(secret("leaf"), "metadata", "labels", "ours").equals("yes"));

        leaf("leaf", NAME_A + ",\"secretTemplate\":{\"labels\":{\"ours\":\"still\"}}");
        await(() -> Json.text(secret("leaf"), "metadata", "labels", "ours").equals("still"));

        assertThat(first("leaf")).isEqualTo(before);
        assertThat(revision("leaf")).isEqualTo(1);
    }

    @Trap(source = "docs usage/certificate: cleaning up Secrets when Certificates are deleted")
    void leavesTheSecretBehindWhenTheCertificateGoes() {
        leaf("leaf", NAME_A);

        sandbox.management().delete(Types.CERTIFICATE, NAMESPACE, "leaf", Deletion.PLAIN);
        await(sandbox::isIdle);

        assertThat(chain("leaf", "tls.crt")).isNotEmpty();
    }

    @Trap(
            source = {
                "issuing_controller.go: failIssueCertificate",
                "trigger_controller.go: shouldBackoffReissuingOnFailure"
            })
    void aDeniedRequestWaitsAnHourThenTwoAndReadySaysNothingOfIt() {
        deny("no", NAME_A);
        await(() -> failures("no") == 1);
        assertThat(condition("no", "Issuing", "reason")).isEqualTo("Denied");
        assertThat(condition("no", "Issuing", "message"))
                .isEqualTo("The certificate request has failed to complete and will be retried: policy");
        assertThat(condition("no", "Ready", "reason")).isEqualTo("DoesNotExist");

        at(now.get().plusSeconds(3599));
        settle();
        assertThat(failures("no")).isEqualTo(1);
        at(now.get().plusSeconds(1));
        await(() -> failures("no") == 2);
        at(now.get().plusSeconds(7199));
        settle();
        assertThat(failures("no")).isEqualTo(2);
        at(now.get().plusSeconds(1));
        await(() -> failures("no") == 3);
        assertThat(sandbox.management().find(Types.SECRET, NAMESPACE, "no")).isEmpty();
    }

    @Trap(source = "trigger_controller.go: maximum 32 h")
    void waitsAtMostThirtyTwoHours() {
        deny("no", NAME_A);
        await(() -> failures("no") == 1);
        for (int attempt = 2; attempt <= 8; attempt++) {
            int wanted = attempt;
            at(now.get().plusSeconds(32 * 3600));
            await(() -> failures("no") == wanted);
        }
    }

    @Trap(source = "trigger_controller.go: the next request is compared with the spec; Issuing goes past the wait")
    void anotherRequestOrOneAskedForIsTriedAtOnceAndAnotherRenewalTimeIsNot() {
        deny("no", NAME_A);
        await(() -> failures("no") == 1);
        deny("no", NAME_A + ",\"renewBefore\":\"10h\"");
        settle();
        assertThat(failures("no")).isEqualTo(1);

        deny("no", "\"dnsNames\":[\"b.example\"]");
        await(() -> failures("no") == 2);

        renew("no");
        await(() -> failures("no") == 3);
    }

    @Trap(source = "issuing_controller.go: issueCertificate forgets failures")
    void forgetsItsFailuresOnceItIsIssued() {
        deny("no", NAME_A);
        await(() -> failures("no") == 1);

        apply(
                Types.CERTIFICATE,
                NAMESPACE,
                "no",
                "{\"metadata\":{\"annotations\":{}},\"spec\":{\"secretName\":\"no\",%s}}"
                        .formatted(leafFields("\"dnsNames\":[\"b.example\"]")));
        await(() -> revision("no") == 1 && condition("no", "Ready", "status").equals("True"));

        assertThat(Json.at(stored("no"), "status").has("lastFailureTime")).isFalse();
        assertThat(failures("no")).isZero();
    }

    @Trap(source = "pkg/issuer/ca/setup.go: ErrGetKeyPair, ErrInvalidKeyPair, KeyPairVerified")
    void anIssuerIsReadyWhileItsSecretHoldsAnAuthority() {
        leaf("leaf", NAME_A);
        apply(Types.ISSUER, NAMESPACE, "late", "{\"spec\":{\"ca\":{\"secretName\":\"late\"}}}");
        apply(Types.ISSUER, NAMESPACE, "wrong", "{\"spec\":{\"ca\":{\"secretName\":\"leaf\"}}}");
        await(() -> issuer("late").equals("ErrGetKeyPair") && issuer("wrong").equals("ErrInvalidKeyPair"));

        ask("waiting", "\"issuerRef\":{\"name\":\"late\"}," + NAME_A);
        settle();
        assertThat(condition("waiting", "Ready", "reason")).isEqualTo("DoesNotExist");
        assertThat(condition("waiting", "Issuing", "status")).isEqualTo("True");

        certificate(
                "late",
                "\"isCA\":true,\"commonName\":\"late\",\"issuerRef\":{\"kind\":\"ClusterIssuer\",\"name\":\"root\"}");
        await(() -> issuer("late").equals("KeyPairVerified") && revision("waiting") == 1);

        sandbox.management().delete(Types.CERTIFICATE, NAMESPACE, "late", Deletion.PLAIN);
        deleteSecret("late");
        await(() -> issuer("late").equals("ErrGetKeyPair"));
        assertThat(condition("waiting", "Ready", "status")).isEqualTo("True");
    }

    @Trap(
            source =
                    "certificaterequests/sync.go: a CertificateRequest says that its issuer is not found, a Certificate does not")
    void aCertificateDoesNotSayThatItsIssuerIsMissing() {
        ask("early", "\"issuerRef\":{\"name\":\"nobody\"}," + NAME_A);
        await(() -> condition("early", "Issuing", "status").equals("True"));
        settle();
        assertThat(condition("early", "Ready", "reason")).isEqualTo("DoesNotExist");
        assertThat(condition("early", "Ready", "message")).doesNotContain("nobody");

        apply(Types.ISSUER, NAMESPACE, "nobody", "{\"spec\":{\"ca\":{\"secretName\":\"ca\"}}}");
        await(() -> revision("early") == 1);
    }

    @Trap(source = "docs configuration/ca: --cluster-resource-namespace")
    void aClusterIssuerReadsItsSecretWhereCertManagerLivesAndNowhereElse() {
        apply(Types.CLUSTER_ISSUER, "", "astray", "{\"spec\":{\"ca\":{\"secretName\":\"ca\"}}}");
        await(sandbox::isIdle);

        ObjectNode astray =
                sandbox.management().find(Types.CLUSTER_ISSUER, "", "astray").orElseThrow();
        assertThat(Json.text(Conditions.find(astray, "Ready").orElseThrow(), "reason"))
                .isEqualTo("ErrGetKeyPair");
    }

    @Trap(source = "internal/controller/certificates/certificates.go: CertificateOwnsSecret")
    void ofTwoCertificatesForOneSecretTheOneItIsAnnotatedWithOwnsIt() {
        leaf("leaf", NAME_A);
        apply(
                Types.CERTIFICATE,
                NAMESPACE,
                "thief",
                "{\"spec\":{\"secretName\":\"leaf\",\"issuerRef\":{\"name\":\"ca\"},\"dnsNames\":[\"b.example\"]}}");

        await(() -> condition("thief", "Ready", "reason").equals("IncorrectCertificate"));
        settle();
        assertThat(revision("leaf")).isEqualTo(1);
        assertThat(first("leaf").getSubjectX500Principal().getName()).isEmpty();
    }

    @Trap(source = "internal/apis/certmanager/validation/certificate.go")
    void refusesWhatNoCertificateCanBe() {
        for (String wrong : List.of(
                "\"duration\":\"30m\"," + NAME_A,
                "\"renewBefore\":\"1m\"," + NAME_A,
                "\"renewBefore\":\"3000h\"," + NAME_A,
                "\"renewBefore\":\"10h\",\"renewBeforePercentage\":10," + NAME_A,
                "\"commonName\":\"" + "x".repeat(65) + "\"",
                "\"usages\":[\"client auth\"]")) {
            assertThatThrownBy(() -> ask("wrong", "\"issuerRef\":{\"name\":\"ca\"}," + wrong))
                    .as(wrong)
                    .hasMessageContaining("webhook.cert-manager.io");
        }
    }

    @Trap(source = "types_certificate.go: subject.organizations is a group of Kubernetes, commonName a user")
    void writesWhoSomebodyIs() {
        leaf(
                "rsa",
                "\"commonName\":\"system:kube-scheduler\",\"subject\":{\"organizations\":[\"group\"]},\"usages\":[\"client auth\"],\"privateKey\":{\"encoding\":\"PKCS8\"}");

        assertThat(first("rsa").getSubjectX500Principal().getName()).isEqualTo("CN=system:kube-scheduler,O=group");
        assertThat(Pem.entry(secret("rsa"), "tls.key")).startsWith("-----BEGIN PRIVATE KEY-----");
    }

    private void deny(String name, String fields) {
        apply(
                Types.CERTIFICATE,
                NAMESPACE,
                name,
                "{\"metadata\":{\"annotations\":{\"%s\":\"policy\"}},\"spec\":{\"secretName\":\"%s\",%s}}"
                        .formatted(CertificateStep.DENY, name, leafFields(fields)));
    }

    private String issuer(String name) {
        ObjectNode issuer =
                sandbox.management().find(Types.ISSUER, NAMESPACE, name).orElseThrow();
        return Conditions.find(issuer, "Ready")
                .map(ready -> Json.text(ready, "reason"))
                .orElse("");
    }
}
