package aether.reconcile.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aether.domain.cluster.ClusterCommand;
import aether.domain.cluster.ClusterId;
import aether.domain.kernel.Outcome;
import aether.reconcile.loop.Backoff;
import aether.reconcile.loop.OutsideFailure;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class HttpCommandPortTest {

    private record Answer(int status, String body) {}

    private static final UUID ID = new UUID(1, 2);
    private static final UUID CAUSE = new UUID(3, 4);
    private static final ClusterCommand COMMAND = new ClusterCommand.MarkRunning(new ClusterId(new UUID(5, 6)));
    private static final Answer ACCEPTED = new Answer(200, "{\"outcome\":\"accepted\",\"position\":\"7\"}");

    private final ArrayDeque<Answer> answers = new ArrayDeque<>();
    private final List<String> requests = new ArrayList<>();
    private final List<Duration> pauses = new ArrayList<>();
    private HttpServer server;
    private CommandPort port;

    HttpCommandPortTest() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        port = new HttpCommandPort(
                URI.create("http://127.0.0.1:" + server.getAddress().getPort()), "secret");
    }

    @BeforeEach
    void open() {
        server.createContext("/internal/v1/commands", exchange -> {
            requests.add(exchange.getRequestHeaders().getFirst("Authorization") + " "
                    + new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            Answer answer = answers.removeFirst();
            byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(answer.status(), body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void shut() {
        server.stop(0);
    }

    private OutsideFailure.Kind failure(Answer answer) {
        answers.add(answer);
        try {
            Outcome outcome = port.send(ID, COMMAND, null);
            throw new AssertionError("Expected a failure, but got " + outcome);
        } catch (OutsideFailure e) {
            return e.kind();
        }
    }

    @Test
    void sendsIdTypeCommandAndCauseUnderItsIdentity() {
        answers.add(ACCEPTED);

        assertThat(port.send(ID, COMMAND, CAUSE)).isEqualTo(new Outcome.Accepted(true));
        assertThat(requests).singleElement().asString().startsWith("Bearer secret ");
        JsonNode sent = JsonMapper.shared().readTree(requests.getFirst().substring("Bearer secret ".length()));
        assertThat(sent.path("command_id").asString()).isEqualTo(ID.toString());
        assertThat(sent.path("causation_id").asString()).isEqualTo(CAUSE.toString());
        assertThat(sent.path("type").asString()).isEqualTo("cluster.mark-running");
        assertThat(sent.path("command").isObject()).isTrue();
    }

    @Test
    void aRefusalIsAValue() {
        answers.add(new Answer(200, "{\"outcome\":\"refused\",\"code\":\"wrong_status\",\"message\":\"no\"}"));

        assertThat(port.send(ID, COMMAND, null)).isEqualTo(new Outcome.Refused("wrong_status", "no", ""));
    }

    @Test
    void whatCannotBeAnsweredNowIsAwayAndWhatIsForbiddenIsDenied() {
        assertThat(failure(new Answer(503, "{}"))).isEqualTo(OutsideFailure.Kind.AWAY);
        assertThat(failure(new Answer(429, "{}"))).isEqualTo(OutsideFailure.Kind.AWAY);
        assertThat(failure(new Answer(403, "{\"error\":{\"message\":\"not yours\"}}")))
                .isEqualTo(OutsideFailure.Kind.DENIED);
        assertThat(failure(new Answer(200, "<html>a proxy</html>"))).isEqualTo(OutsideFailure.Kind.AWAY);
        server.stop(0);
        assertThatThrownBy(() -> port.send(ID, COMMAND, null))
                .isInstanceOfSatisfying(
                        OutsideFailure.class, e -> assertThat(e.kind()).isEqualTo(OutsideFailure.Kind.AWAY));
    }

    @Test
    void aShortAbsenceIsWaitedForUnderTheSameIdAndALongOneIsNot() {
        CommandPort patient = new RetryingCommandPort(
                port, 3, new Backoff(Duration.ofMillis(100), Duration.ofSeconds(1), new Random(1)), pauses::add);
        answers.addAll(List.of(new Answer(503, "{}"), new Answer(503, "{}"), ACCEPTED));
        assertThat(patient.send(ID, COMMAND, null)).isEqualTo(new Outcome.Accepted(true));
        assertThat(pauses).hasSize(2);
        assertThat(requests).hasSize(3).containsOnly(requests.getFirst());

        answers.addAll(List.of(new Answer(503, "{}"), new Answer(503, "{}"), new Answer(503, "{}")));
        assertThatThrownBy(() -> patient.send(ID, COMMAND, null)).isInstanceOf(OutsideFailure.class);
        assertThat(answers).isEmpty();
    }
}
