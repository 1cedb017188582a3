package aether.command;

import static org.assertj.core.api.Assertions.assertThat;

import aether.command.access.Principal;
import aether.command.privacy.Pseudonyms;
import aether.command.privacy.SubjectKeys;
import aether.domain.privacy.SubjectEvent;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ForgettingTest {

    private final RunningService service = RunningService.shared();

    private final SubjectKeys keys = service.bean(SubjectKeys.class);

    private final Pseudonyms pseudonyms = service.bean(Pseudonyms.class);

    @Test
    void forgetsSomebodyWhoseTokenIsGone() {
        String pseudonym = pseudonyms.of(user("mia"));
        String stream = stream("mia");

        RunningService.Answer answer = post("/erasures", "mia", ",\"basis\":\"objection\"");

        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        assertThat(service.stream(stream))
                .hasExactlyElementsOfTypes(SubjectEvent.SubjectErased.class, SubjectEvent.KeyDestroyed.class);
        assertThat(answer.position()).isPositive();
        assertThat(answer.json().path("key_id").asString())
                .isEqualTo("s/" + stream.substring("subject-".length()) + "/1");
        assertThat(keys.find(user("mia"))).isEmpty();
        assertThat(pseudonyms.shown(pseudonym)).isEqualTo("[forgotten]");
        assertThat(post("/erasures", "mia", ",\"basis\":\"objection\"").status())
                .isEqualTo(404);
        assertThat(pseudonyms.of(user("mia"))).isNotEqualTo(pseudonym);
    }

    @Test
    void everybodyElseIsStillKnownAfterwards() {
        String kept = pseudonyms.of(user("kept"));
        pseudonyms.of(user("gone"));

        assertThat(post("/erasures", "gone", ",\"basis\":\"objection\"").status())
                .isEqualTo(200);

        assertThat(pseudonyms.shown(kept)).isEqualTo("kept");
        assertThat(pseudonyms.of(user("kept"))).isEqualTo(kept);
    }

    @Test
    void aHoldFreezesTheKeyUntilItIsLifted() {
        pseudonyms.of(user("held"));

        RunningService.Answer held =
                post("/holds", "held", ",\"reference\":\"case-17\",\"reason\":\"authority-request\"");
        RunningService.Answer refused = post("/erasures", "held", ",\"basis\":\"objection\"");
        RunningService.Answer report = post("/reports", "held", "");
        RunningService.Answer lifted = post("/holds/lifted", "held", ",\"reference\":\"case-17\"");

        assertThat(held.status()).as(held.body()).isEqualTo(200);
        assertThat(held.json().path("holds").toString()).isEqualTo("[\"case-17\"]");
        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.code()).isEqualTo("legal_hold");
        assertThat(refused.body()).contains("case-17 holds it");
        assertThat(report.json().path("holds").toString()).isEqualTo("[\"case-17\"]");
        assertThat(report.json().path("token_in_force").asBoolean()).isFalse();
        assertThat(lifted.json().path("holds").toString()).isEqualTo("[]");
        assertThat(post("/holds/lifted", "held", ",\"reference\":\"case-17\"").status())
                .isEqualTo(404);
        assertThat(post("/erasures", "held", ",\"basis\":\"objection\"").status())
                .isEqualTo(200);
    }

    @Test
    void aTokenInForceIsACopyOfTheName() {
        service.organization();

        RunningService.Answer answer = service.json(
                "POST",
                "/api/v1/privacy/erasures",
                "admin",
                "{\"kind\":\"administrator\",\"name\":\"admin\",\"basis\":\"objection\"}");

        assertThat(answer.status()).isEqualTo(409);
        assertThat(answer.code()).isEqualTo("token_in_force");
    }

    @Test
    void saysWhatIsWrongWithARequest() {
        RunningService.Answer answer = service.json(
                "POST", "/api/v1/privacy/erasures", "admin", "{\"kind\":\"ghost\",\"name\":\"x\",\"basis\":\"whim\"}");

        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.body())
                .contains("administrator, user, address or contact")
                .contains("no-longer-necessary");
        assertThat(post("/holds", "nobody", ",\"reference\":\"case-1\",\"reason\":\"audit\"")
                        .status())
                .isEqualTo(404);
        pseudonyms.of(user("named"));
        assertThat(post("/holds", "named", ",\"reference\":\"Mia Meyer\",\"reason\":\"audit\"")
                        .code())
                .isEqualTo("invalid_reference");
        assertThat(service.json("POST", "/api/v1/privacy/reports", "umbrella-ci", "{}")
                        .status())
                .isEqualTo(403);
    }

    @Test
    void aLawThatWantsNamesKeptIsConfiguredInYears() {
        try (RunningService strict = RunningService.start(Map.of("aether.command.privacy.keep.user", "P7Y"))) {
            strict.bean(Pseudonyms.class).of(user("mia"));

            RunningService.Answer answer =
                    strict.json("POST", "/api/v1/privacy/erasures", "admin", body("mia", ",\"basis\":\"objection\""));

            assertThat(answer.status()).isEqualTo(409);
            assertThat(answer.code()).isEqualTo("kept_by_law");
            assertThat(strict.bean(SubjectKeys.class).find(user("mia"))).isPresent();
        }
    }

    @Test
    void noEventOfASubjectNamesIt() {
        pseudonyms.of(user("quiet-person"));
        String stream = stream("quiet-person");
        post("/holds", "quiet-person", ",\"reference\":\"case-17\",\"reason\":\"audit\"");
        post("/holds/lifted", "quiet-person", ",\"reference\":\"case-17\"");
        post("/erasures", "quiet-person", ",\"basis\":\"consent-withdrawn\"");

        List<Object> events = service.stream(stream);

        assertThat(events).hasSize(4).noneMatch(event -> event.toString().contains("quiet"));
    }

    private RunningService.Answer post(String path, String name, String more) {
        return service.json("POST", "/api/v1/privacy" + path, "admin", body(name, more));
    }

    private static String body(String name, String more) {
        return "{\"kind\":\"user\",\"organization\":\"acme\",\"name\":\"" + name + "\"" + more + "}";
    }

    private String stream(String name) {
        return "subject-" + keys.find(user(name)).orElseThrow().subject();
    }

    private static Principal user(String name) {
        return new Principal(Principal.Kind.USER, "acme", name);
    }
}
