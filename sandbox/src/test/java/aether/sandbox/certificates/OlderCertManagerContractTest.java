package aether.sandbox.certificates;

import static org.assertj.core.api.Assertions.assertThat;

import aether.sandbox.journal.Json;

/** What an older cert-manager does otherwise. */
class OlderCertManagerContractTest extends CertManagerFixture {
    @Override
    CertManagerVersion version() {
        return new CertManagerVersion(15);
    }

    @Trap(source = "release notes 1.18: the default was Never before")
    void keepsTheKeyUnlessToldAlways() {
        leaf("silent", "\"dnsNames\":[\"a.example\"]");
        leaf("always", "\"dnsNames\":[\"a.example\"],\"privateKey\":{\"rotationPolicy\":\"Always\"}");
        var silent = key("silent");
        var always = key("always");

        renew("silent");
        renew("always");
        await(() -> revision("silent") == 2 && revision("always") == 2);

        assertThat(key("silent")).isEqualTo(silent);
        assertThat(key("always")).isNotEqualTo(always);
    }

    @Trap(source = "release notes 1.16 and 1.21: fields that a schema does not know are pruned, and nobody is told")
    void losesWhatItsSchemaDoesNotKnow() {
        leaf("leaf", "\"dnsNames\":[\"a.example\"],\"renewBeforePercentage\":10,\"renewal\":{\"policy\":\"Disabled\"}");

        assertThat(stored("leaf").path("spec").has("renewal")).isFalse();
        assertThat(stored("leaf").path("spec").has("renewBeforePercentage")).isFalse();
        assertThat(Json.text(stored("leaf"), "status", "renewalTime")).isEqualTo("2027-01-23T12:00:00Z");
    }
}
