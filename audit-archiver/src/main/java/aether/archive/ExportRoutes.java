package aether.archive;

import aether.archive.export.ExportScope;
import aether.archive.jobs.ExportJob;
import aether.archive.jobs.ExportJobs;
import aether.archive.jobs.TooManyExports;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What the command service asks about exports, and nobody else: {@code /exports/v1/ORGANIZATION}, then {@code /ID},
 * then {@code /file}. The organization is part of every path, so that a job of another one cannot even be named.
 */
final class ExportRoutes {

    static final String PATH = "/exports/v1/";

    private static final Pattern ROUTE = Pattern.compile("/exports/v1/([0-9a-f-]{36})(?:/([0-9a-f-]{36})(/file)?)?");

    /** An order is a few ids and times. */
    private static final int MAX_ORDER_BYTES = 8192;

    private static final String SCHEME = "Bearer ";
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Logger LOG = LoggerFactory.getLogger(ExportRoutes.class);

    private final ExportJobs jobs;
    private final byte[] token;

    ExportRoutes(ExportJobs jobs, String token) {
        if (token.length() < 32) {
            throw new IllegalArgumentException(
                    "Expected a token for exports of at least 32 characters, but it has " + token.length() + ".");
        }
        this.jobs = jobs;
        this.token = token.getBytes(StandardCharsets.UTF_8);
    }

    void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            dispatch(exchange);
        }
    }

    private void dispatch(HttpExchange exchange) throws IOException {
        try {
            Matcher route = ROUTE.matcher(exchange.getRequestURI().getPath());
            if (!mayAsk(exchange)) {
                refuse(exchange, 401, "unauthenticated", "Expected the token of the command service, but it is not.");
            } else if (!route.matches()) {
                refuse(exchange, 404, "route_unknown", "Expected a route of exports, but there is none.");
            } else if (route.group(2) == null) {
                list(exchange, route.group(1));
            } else {
                one(exchange, route.group(1), UUID.fromString(route.group(2)), route.group(3) != null);
            }
        } catch (TooManyExports e) {
            refuse(exchange, 429, "too_many_exports", String.valueOf(e.getMessage()));
        } catch (IllegalArgumentException | JacksonException e) {
            refuse(exchange, 400, "malformed_request", String.valueOf(e.getMessage()));
        } catch (RuntimeException e) { // the edge: whatever it is, whoever waits gets an answer
            LOG.error("An export's request failed: {}", e.getMessage(), e);
            refuse(exchange, 500, "internal_error", "Something went wrong; it has been noted.");
        }
    }

    private boolean mayAsk(HttpExchange exchange) {
        String header = exchange.getRequestHeaders().getFirst("Authorization");
        return header != null
                && header.startsWith(SCHEME)
                && MessageDigest.isEqual(
                        header.substring(SCHEME.length()).strip().getBytes(StandardCharsets.UTF_8), token);
    }

    private void list(HttpExchange exchange, String organization) throws IOException {
        if (!exchange.getRequestMethod().equals("GET")) {
            exchange.sendResponseHeaders(405, -1);
            return;
        }
        ObjectNode answer = JSON.createObjectNode();
        ArrayNode items = answer.putArray("items");
        jobs.of(organization).forEach(job -> items.add(job.json()));
        say(exchange, 200, answer);
    }

    private void one(HttpExchange exchange, String organization, UUID id, boolean file) throws IOException {
        String method = exchange.getRequestMethod();
        if (method.equals("PUT") && !file) {
            byte[] order = exchange.getRequestBody().readNBytes(MAX_ORDER_BYTES);
            ExportScope scope = ExportScope.of(JSON.readTree(order));
            if (!organization.equals(scope.organization())) {
                throw new IllegalArgumentException("Expected an order of the organization in the path, but it names "
                        + scope.organization() + ".");
            }
            say(exchange, 202, jobs.ask(id, scope).json());
            return;
        }
        Optional<ExportJob> job = jobs.find(organization, id);
        if (job.isEmpty()) {
            refuse(exchange, 404, "export_unknown", "Expected an export of this organization, but there is none.");
        } else if (method.equals("DELETE") && !file) {
            jobs.remove(organization, id);
            exchange.sendResponseHeaders(204, -1);
        } else if (!method.equals("GET")) {
            exchange.sendResponseHeaders(405, -1);
        } else if (file) {
            send(exchange, job.get());
        } else {
            say(exchange, 200, job.get().json());
        }
    }

    private void send(HttpExchange exchange, ExportJob job) throws IOException {
        Optional<Path> file = jobs.file(String.valueOf(job.scope().organization()), job.id());
        if (file.isEmpty()) {
            boolean gone = job.phase() instanceof ExportJob.Expired || job.phase() instanceof ExportJob.Ready;
            refuse(
                    exchange,
                    gone ? 410 : 409,
                    gone ? "export_expired" : "export_not_ready",
                    gone
                            ? "Expected an export that is still kept, but its time is over; ask for it again."
                            : "Expected an export that is ready, but it is not.");
            return;
        }
        try (InputStream in = Files.newInputStream(file.get())) {
            exchange.getResponseHeaders().set("Content-Type", "application/zip");
            exchange.sendResponseHeaders(200, Files.size(file.get()));
            in.transferTo(exchange.getResponseBody());
        } catch (NoSuchFileException e) {
            refuse(exchange, 410, "export_expired", "Expected an export that is still kept, but it has just gone.");
        }
    }

    private static void refuse(HttpExchange exchange, int status, String code, String message) throws IOException {
        say(exchange, status, JSON.createObjectNode().put("code", code).put("message", message));
    }

    private static void say(HttpExchange exchange, int status, ObjectNode body) throws IOException {
        byte[] bytes = JSON.writeValueAsBytes(body);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
    }
}
