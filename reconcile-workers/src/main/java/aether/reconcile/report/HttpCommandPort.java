package aether.reconcile.report;

import aether.domain.kernel.Command;
import aether.domain.kernel.Outcome;
import aether.format.JsonCommandCodec;
import aether.reconcile.http.HttpCalls;
import aether.reconcile.loop.OutsideFailure;
import java.net.URI;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The command service over HTTP. */
public final class HttpCommandPort implements CommandPort {

    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    private final HttpCalls calls;
    private final JsonCommandCodec codec = new JsonCommandCodec();

    /**
     * A service that may be away; it is looked for at the first command.
     *
     * @param base the service's address, without a slash at the end
     * @param token of the sender's own identity
     */
    public HttpCommandPort(URI base, String token) {
        this.calls = new HttpCalls("the command service", "CommandService", base, token);
    }

    @Override
    public Outcome send(UUID commandId, Command command, @Nullable UUID causation) {
        ObjectNode body = MAPPER.createObjectNode();
        body.put("command_id", commandId.toString());
        body.put("type", codec.nameOf(command));
        body.set("command", codec.tree(command));
        if (causation != null) {
            body.put("causation_id", causation.toString());
        }
        JsonNode answer = calls.send("POST", "/internal/v1/commands", body);
        return switch (answer.path("outcome").asString("")) {
            // Whether it changed anything is not told; nobody here asks.
            case "accepted" -> new Outcome.Accepted(true);
            case "refused" ->
                new Outcome.Refused(
                        answer.path("code").asString(""), answer.path("message").asString(""), "");
            default ->
                throw new OutsideFailure(
                        OutsideFailure.Kind.AWAY,
                        "Expected the command service to accept or refuse, but it answered something else");
        };
    }
}
