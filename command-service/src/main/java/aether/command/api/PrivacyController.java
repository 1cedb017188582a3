package aether.command.api;

import aether.command.access.Identities;
import aether.command.access.Identity;
import aether.command.access.Principal;
import aether.command.dispatch.CommandDispatcher;
import aether.command.forgetting.Forgetting;
import aether.command.privacy.PrivacySettings;
import aether.command.privacy.SubjectKey;
import aether.command.privacy.SubjectKeys;
import aether.command.request.RequestRefused;
import aether.command.streams.Streams;
import aether.command.strict.ActionClass;
import aether.domain.privacy.ErasureBasis;
import aether.domain.privacy.HoldReason;
import aether.domain.privacy.SubjectCommand;
import aether.domain.privacy.SubjectId;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Answers what a person may ask for: what is known, that it is kept for a court, that it is forgotten. */
@RestController
@RequestMapping("/api/v1/privacy")
@Audience(Identity.Kind.PLATFORM)
final class PrivacyController {

    private final Forgetting forgetting;

    private final SubjectKeys keys;

    private final CommandDispatcher dispatcher;

    private final Streams streams;

    private final Identities identities;

    private final PrivacySettings settings;

    private final StrictMode strict;

    PrivacyController(
            Forgetting forgetting,
            SubjectKeys keys,
            CommandDispatcher dispatcher,
            Streams streams,
            Identities identities,
            PrivacySettings settings,
            StrictMode strict) {
        this.forgetting = forgetting;
        this.keys = keys;
        this.dispatcher = dispatcher;
        this.streams = streams;
        this.identities = identities;
        this.settings = settings;
        this.strict = strict;
    }

    private record Erasure(Principal principal, ErasureBasis basis) {}

    private record Hold(Principal principal, String reference, HoldReason reason) {}

    @PostMapping("/erasures")
    ResponseEntity<Object> forget(Caller caller, HttpServletRequest request) {
        Erasure asked = Body.read(
                request,
                (fields, violations) -> new Erasure(
                        NamedSubject.read(fields, violations), fields.word("basis", ErasureBasis.values())));
        Forgetting.Forgotten done = forgetting.forget(asked.principal(), asked.basis(), caller.context());
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("subject", done.destroyed().subject().toString());
        body.put("key_id", done.destroyed().keyId());
        body.put("destroyed_at", done.destroyed().at().toString());
        body.put("master_key_generation_ended", done.destroyed().generation());
        body.put("position", Long.toString(done.position()));
        return strict.settle(
                caller, ActionClass.FORGETTING, done.position(), Answers.answer(HttpStatus.OK, body, done.position()));
    }

    @PostMapping("/holds")
    ResponseEntity<Object> hold(Caller caller, HttpServletRequest request) {
        Hold asked = Body.read(
                request,
                (fields, violations) -> new Hold(
                        NamedSubject.read(fields, violations),
                        fields.text("reference"),
                        fields.word("reason", HoldReason.values())));
        SubjectId id = new SubjectId(forgetting.known(asked.principal()).subject());
        return held(caller, id, new SubjectCommand.PlaceHold(id, asked.reference(), asked.reason()));
    }

    @PostMapping("/holds/lifted")
    ResponseEntity<Object> lift(Caller caller, HttpServletRequest request) {
        record Lifted(Principal principal, String reference) {}
        Lifted asked = Body.read(
                request,
                (fields, violations) -> new Lifted(NamedSubject.read(fields, violations), fields.text("reference")));
        SubjectId id = new SubjectId(forgetting.known(asked.principal()).subject());
        return held(caller, id, new SubjectCommand.LiftHold(id, asked.reference()));
    }

    @PostMapping("/reports")
    ResponseEntity<Object> report(Caller caller, HttpServletRequest request) {
        Principal principal = Body.read(request, NamedSubject::read);
        SubjectKey key = forgetting.known(principal);
        SubjectKeys.Life life = keys.life(key.subject())
                .orElseThrow(() -> new RequestRefused(
                        404, "subject_unknown", "Expected somebody who is known, but they were forgotten just now."));
        Instant notBefore = settings.notBefore(principal.kind(), life.usedAt());
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("subject", key.subject().toString());
        body.put("key_id", key.keyId());
        body.put("pseudonym", key.pseudonym());
        body.put("known_since", life.createdAt().toString());
        body.put("last_used", life.usedAt().toString());
        body.put("token_in_force", identities.knows(principal));
        body.put("holds", streams.subject(new SubjectId(key.subject())).holds());
        if (!notBefore.equals(Instant.EPOCH)) {
            body.put("kept_until", notBefore.toString());
        }
        return Answers.answer(HttpStatus.OK, body, streams.head());
    }

    private ResponseEntity<Object> held(Caller caller, SubjectId id, SubjectCommand command) {
        long position = Answers.accepted(dispatcher.dispatch(caller.envelope(command)), field -> field);
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("subject", id.toString());
        body.put("holds", streams.subject(id).holds());
        body.put("position", Long.toString(position));
        return Answers.answer(HttpStatus.OK, body, position);
    }
}
