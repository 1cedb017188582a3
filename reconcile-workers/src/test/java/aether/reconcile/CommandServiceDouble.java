package aether.reconcile;

import aether.domain.kernel.Command;
import aether.domain.kernel.Decision;
import aether.domain.kernel.DomainEvent;
import aether.domain.kernel.Outcome;
import aether.domain.simulation.MemoryLog;
import aether.format.Envelope;
import aether.format.EventCodec;
import aether.format.EventMetadata;
import aether.format.JsonCommandCodec;
import aether.format.JsonEventCodec;
import aether.store.log.AppendCommand;
import aether.store.log.AppendOutcome;
import aether.store.log.LogUnavailable;
import aether.store.log.LogWriter;
import aether.store.log.NewEvent;
import aether.store.log.WriterSettings;
import aether.store.schema.DatabaseSettings;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Decides by the domain's rules and appends to a real log; answers as the command service does. */
public final class CommandServiceDouble implements AutoCloseable {

    static final String TOKEN = "worker-token";

    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    private final MemoryLog log = new MemoryLog();
    private final Map<String, Long> sequences = new HashMap<>();
    private final EventCodec events = new JsonEventCodec();
    private final JsonCommandCodec commands = new JsonCommandCodec();
    private final LogWriter writer;
    private final int port;
    private @Nullable HttpServer server;

    /** A service on a log of its own; it listens once it is opened. */
    public CommandServiceDouble(DatabaseSettings appender, int port) {
        this.writer = LogWriter.open(WriterSettings.of(appender), step -> {});
        this.port = port;
    }

    synchronized void open() throws IOException {
        HttpServer opened = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        opened.createContext("/internal/v1/commands", this::answer);
        opened.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        opened.start();
        server = opened;
    }

    synchronized void shut() {
        if (server != null) {
            server.stop(0);
            server = null;
        }
    }

    /** Asks the log. */
    public synchronized <T> T read(Function<MemoryLog, T> question) {
        return question.apply(log);
    }

    /** Asks for a cluster, with a pool of so many nodes. */
    public void requestTenant(int nodes) {
        Tenant.commands(nodes).forEach(this::ask);
    }

    void ask(Command command) {
        if (decide(UUID.randomUUID(), command) instanceof Outcome.Refused refused) {
            throw new AssertionError(refused);
        }
    }

    /** Decides and appends, as a request would. */
    public synchronized Outcome decide(UUID commandId, Command command) {
        return switch (log.decide(command)) {
            case Decision.Refused<?> refused -> Outcome.Refused.of(refused.rejection());
            case Decision.Accepted<?> accepted -> {
                if (!accepted.events().isEmpty()) {
                    append(commandId, accepted.events());
                }
                yield log.send(commandId, command);
            }
        };
    }

    private void append(UUID commandId, List<DomainEvent> decided) {
        List<NewEvent> rows = new ArrayList<>();
        Map<String, Long> next = new HashMap<>(sequences);
        byte[] metadata = events.encodeMetadata(
                new EventMetadata("worker", "test", null, null, null, null, commandId, null, null, null, 0));
        for (DomainEvent event : decided) {
            EventCodec.Encoded encoded = events.encode(event);
            long sequence = next.merge(event.stream(), 1L, Long::sum) - 1;
            rows.add(new NewEvent(
                    event.stream(),
                    sequence,
                    UUID.randomUUID(),
                    encoded.type(),
                    encoded.revision(),
                    Envelope.CURRENT_VERSION,
                    encoded.payload(),
                    metadata));
        }
        switch (writer.append(new AppendCommand(commandId, rows))) {
            case AppendOutcome.Appended unused -> sequences.putAll(next);
            case AppendOutcome.Duplicate unused -> sequences.putAll(next);
            case AppendOutcome.Conflict conflict -> throw new IllegalStateException(conflict.toString());
        }
    }

    private void answer(HttpExchange exchange) throws IOException {
        ObjectNode body = MAPPER.createObjectNode();
        int status = 200;
        try {
            if (!("Bearer " + TOKEN).equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
                status = 401;
                body.putObject("error").put("message", "Expected a token that is known, but it is not.");
            } else {
                JsonNode asked = MAPPER.readTree(exchange.getRequestBody());
                Outcome outcome = decide(
                        UUID.fromString(asked.path("command_id").asString()),
                        commands.decode(asked.path("type").asString(), asked.path("command")));
                switch (outcome) {
                    case Outcome.Accepted unused -> body.put("outcome", "accepted");
                    case Outcome.Refused refused ->
                        body.put("outcome", "refused")
                                .put("code", refused.code())
                                .put("message", refused.message());
                }
            }
        } catch (LogUnavailable e) {
            status = 503;
            body.putObject("error").put("message", String.valueOf(e.getMessage()));
        } catch (RuntimeException e) {
            status = 500;
            body.putObject("error").put("message", e.toString());
        }
        byte[] bytes = body.toString().getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    @Override
    public void close() {
        shut();
        writer.close();
    }
}
