package aether.command.api;

import aether.command.access.Identity;
import aether.command.dispatch.CommandDispatcher;
import aether.command.request.JsonDocuments;
import aether.command.request.RequestRefused;
import aether.command.strict.ActionClass;
import aether.domain.archive.ArchiveCommand;
import aether.domain.export.ExportCommand;
import aether.domain.kernel.Command;
import aether.format.InvalidCommandException;
import aether.format.JsonCommandCodec;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Enters what an administrator did with the archive on a machine of their own: exports and verifications. */
@RestController
@RequestMapping("/api/v1/audit/records")
@Audience(Identity.Kind.PLATFORM)
final class AuditRecordController {

    private final CommandDispatcher dispatcher;

    private final JsonCommandCodec codec;

    private final StrictMode strict;

    AuditRecordController(CommandDispatcher dispatcher, JsonCommandCodec codec, StrictMode strict) {
        this.dispatcher = dispatcher;
        this.codec = codec;
        this.strict = strict;
    }

    @PostMapping
    ResponseEntity<Object> enter(Caller caller, HttpServletRequest request) {
        Command command = Body.read(request, (fields, violations) -> {
                    String type = fields.text("type");
                    Object tree = fields.tree("command");
                    @Nullable Command read = null;
                    if (violations.none()) {
                        try {
                            read = codec.decode(type, JsonDocuments.node(tree));
                        } catch (InvalidCommandException e) {
                            violations.malformed(
                                    e.field().isEmpty() || e.field().equals("type") ? "type" : "command." + e.field(),
                                    "malformed_command",
                                    String.valueOf(e.getMessage()));
                        }
                    }
                    return Optional.ofNullable(read);
                })
                .orElseThrow(() -> new IllegalStateException("Expected a command or a violation, but got neither"));
        if (!isForAdministrators(command)) {
            throw new RequestRefused(
                    403, "forbidden", "Expected an export or a verification to be entered, but it is something else.");
        }
        long position = Answers.accepted(dispatcher.dispatch(caller.envelope(command)), field -> "command." + field);
        return strict.settle(
                caller,
                ActionClass.AUDIT_ACCESS,
                position,
                Answers.answer(HttpStatus.OK, Map.of("position", Long.toString(position)), position));
    }

    private static boolean isForAdministrators(Command command) {
        return command instanceof ExportCommand || command instanceof ArchiveCommand.RecordVerification;
    }
}
