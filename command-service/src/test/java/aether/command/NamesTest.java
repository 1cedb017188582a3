package aether.command;

import static org.assertj.core.api.Assertions.assertThat;

import aether.command.access.Principal;
import aether.command.privacy.Pseudonyms;
import aether.format.StoredEvent;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class NamesTest {

    private final RunningService service = RunningService.shared();

    private final Pseudonyms pseudonyms = service.bean(Pseudonyms.class);

    @Test
    void noEventNamesAPersonOrAnAddress() {
        String slug = service.organization();
        service.cluster(slug, "quiet");

        List<StoredEvent> events = service.eventsFrom(0);

        assertThat(events)
                .isNotEmpty()
                .noneMatch(event -> text(event.metadata()).contains("\"admin\""))
                .noneMatch(event -> text(event.metadata()).contains("127.0.0.1"))
                .noneMatch(event -> text(event.payload()).contains("\"caller\":\"127"));
    }

    @Test
    void tellsAnAdministratorEverybodysNameAndACustomerItsOwn() {
        String admin = pseudonyms.of(new Principal(Principal.Kind.ADMINISTRATOR, "", "admin"));
        String own = pseudonyms.of(new Principal(Principal.Kind.USER, "umbrella", "umbrella-ci"));
        String other = pseudonyms.of(new Principal(Principal.Kind.USER, "acme", "mia"));
        String unknown = "p/AAAAAAAAAAAAAAAAAAAAAA";
        String body = "{\"pseudonyms\":[\"" + String.join("\",\"", admin, own, other, unknown, "workers") + "\"]}";

        RunningService.Answer all = service.json("POST", "/api/v1/privacy/names", "admin", body);
        RunningService.Answer some = service.json("POST", "/api/v1/privacy/names", "umbrella-ci", body);

        assertThat(all.status()).as(all.body()).isEqualTo(200);
        assertThat(all.json().path("names").path(admin).asString()).isEqualTo("admin");
        assertThat(all.json().path("names").path(other).asString()).isEqualTo("mia");
        assertThat(all.json().path("names").path(unknown).asString()).isEqualTo("[forgotten]");
        assertThat(all.json().path("names").has("workers")).isFalse();
        assertThat(some.json().path("names").path(own).asString()).isEqualTo("umbrella-ci");
        assertThat(some.json().path("names").has(admin)).isFalse();
        assertThat(some.json().path("names").has(other)).isFalse();
        assertThat(service.json("POST", "/api/v1/privacy/names", "workers", body)
                        .status())
                .isEqualTo(403);
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
