package aether.command.api;

import aether.command.access.Identity;
import aether.command.dispatch.Dispatched;
import aether.command.reports.ServiceCommands;
import aether.command.request.Fields;
import aether.command.request.JsonDocuments;
import aether.command.request.Violations;
import aether.domain.kernel.Command;
import aether.domain.kernel.Outcome;
import aether.format.InvalidCommandException;
import aether.format.JsonCommandCodec;
import jakarta.servlet.http.HttpServletRequest;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Takes the commands of our own services. A refusal by the domain is an answer here, not an error. */
@RestController
@RequestMapping("/internal/v1/commands")
@Audience({Identity.Kind.WORKER, Identity.Kind.ARCHIVER})
final class ServiceCommandController {

    private final ServiceCommands commands;

    private final JsonCommandCodec codec;

    ServiceCommandController(ServiceCommands commands, JsonCommandCodec codec) {
        this.commands = commands;
        this.codec = codec;
    }

    private record Sent(
            UUID commandId,
            @Nullable Command command,
            @Nullable UUID causationId,
            Optional<UUID> correlationId) {}

    @PostMapping
    ResponseEntity<Object> send(Caller caller, HttpServletRequest request) {
        Sent sent = Body.read(request, this::read);
        Command command = sent.command();
        if (command == null) {
            throw new IllegalStateException("Expected a command that was read, or a violation, but got neither");
        }
        Dispatched dispatched = commands.send(
                caller.identity(),
                sent.commandId(),
                command,
                caller.context(sent.causationId(), sent.correlationId().orElse(caller.requestId())));
        return Answers.answer(HttpStatus.OK, shown(dispatched), dispatched.position());
    }

    private Sent read(Fields fields, Violations violations) {
        UUID commandId = fields.uuid("command_id").orElseGet(() -> {
            fields.text("command_id");
            return new UUID(0, 0);
        });
        Command command = command(fields, violations);
        return new Sent(commandId, command, fields.uuid("causation_id").orElse(null), fields.uuid("correlation_id"));
    }

    private @Nullable Command command(Fields fields, Violations violations) {
        String type = fields.text("type");
        Object tree = fields.tree("command");
        if (!violations.none()) {
            return null;
        }
        try {
            return codec.decode(type, JsonDocuments.node(tree));
        } catch (InvalidCommandException e) {
            String field = e.field().equals("type") || e.field().isEmpty() ? "type" : "command." + e.field();
            violations.malformed(field, "malformed_command", String.valueOf(e.getMessage()));
            return null;
        }
    }

    private static Map<String, Object> shown(Dispatched dispatched) {
        Map<String, Object> body = new LinkedHashMap<>();
        switch (dispatched.outcome()) {
            case Outcome.Accepted ignored -> body.put("outcome", "accepted");
            case Outcome.Refused refused -> {
                body.put("outcome", "refused");
                body.put("code", refused.code());
                body.put("message", refused.message());
            }
        }
        body.put("position", Long.toString(dispatched.position()));
        return body;
    }
}
