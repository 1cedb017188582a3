package aether.command;

import static org.assertj.core.api.Assertions.assertThat;

import aether.domain.kernel.Personal;
import aether.domain.organization.OrganizationEvent;
import org.junit.jupiter.api.Test;

class BillingContactTest {

    private final RunningService service = RunningService.shared();

    private final String organization = service.organization();

    private final String path = "/api/v1/organizations/" + organization + "/billing-contact";

    @Test
    void keepsAContactSealedAndShowsItToWhoMayKnow() {
        assertThat(service.get(path, "admin").code()).isEqualTo("contact_unknown");

        RunningService.Answer set = service.json("PUT", path, "admin", "{\"email\":\"Mia@example.org\"}");

        assertThat(set.status()).as(set.body()).isEqualTo(200);
        assertThat(service.get(path, "admin").json().path("email").asString()).isEqualTo("Mia@example.org");
        assertThat(service.get(path, "umbrella-ci").status()).isEqualTo(403);
        assertThat(service.stream("organization-" + set.json().path("org_id").asString()))
                .last()
                .isInstanceOfSatisfying(
                        OrganizationEvent.BillingContactSet.class,
                        event -> assertThat(event.email()).isInstanceOf(Personal.Sealed.class));
        assertThat(service.send("DELETE", path, "admin", null, null).status()).isEqualTo(200);
        assertThat(service.get(path, "admin").code()).isEqualTo("contact_unknown");
    }

    @Test
    void aContactIsForgottenByTheAddress() {
        service.json("PUT", path, "admin", "{\"email\":\"gone@example.org\"}");

        RunningService.Answer forgotten = service.json(
                "POST",
                "/api/v1/privacy/erasures",
                "admin",
                "{\"kind\":\"contact\",\"name\":\"GONE@example.org\",\"basis\":\"consent-withdrawn\"}");

        assertThat(forgotten.status()).as(forgotten.body()).isEqualTo(200);
        assertThat(service.get(path, "admin").json().path("email").asString()).isEqualTo("[forgotten]");
    }

    @Test
    void refusesWhatIsNoAddressWithoutRepeatingIt() {
        RunningService.Answer answer = service.json("PUT", path, "admin", "{\"email\":\"Mia Meyer\"}");

        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.code()).isEqualTo("invalid_email");
        assertThat(answer.field()).isEqualTo("email");
        assertThat(answer.body()).doesNotContain("Mia");
    }
}
