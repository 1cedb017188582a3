package aether.archive.stamp;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HttpAuthoritiesTest {

    private static final TestAuthority AUTHORITY = TestAuthority.named("Test Time");
    private static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final TimestampQuestion question = TimestampQuestion.about("note".getBytes(UTF_8), new Random(1));
    private final HttpAuthorities authorities = new HttpAuthorities();
    private TestTsa tsa;

    @BeforeEach
    void open() throws IOException {
        tsa = new TestTsa(AUTHORITY, () -> NOW);
    }

    @AfterEach
    void close() {
        authorities.close();
        tsa.close();
    }

    private Future<byte[]> ask() {
        return authorities.ask(tsa.uri(), question.encode());
    }

    @Test
    void bringsTheAnswer() {
        assertThat(ask())
                .succeedsWithin(PATIENCE)
                .satisfies(answer -> assertThat(TokenCheck.ofAnswer(answer, question, AUTHORITY.above()))
                        .isEqualTo(new TimestampVerdict.Genuine(NOW, "CN=Test Time")));
    }

    @Test
    void takesNothingButAGoodAnswer() {
        tsa.answersWith(500);
        assertThat(ask()).failsWithin(PATIENCE).withThrowableThat().withMessageContaining("Expected 200, but got 500.");
        tsa.answersWith(302);
        assertThat(ask()).failsWithin(PATIENCE).withThrowableThat().withMessageContaining("Expected 200, but got 302.");
        tsa.answersWith(200);
        tsa.pads(1 << 17);
        assertThat(ask())
                .failsWithin(PATIENCE)
                .withThrowableThat()
                .withMessageContaining("Expected at most 65536 bytes, but got more.");
    }

    @Test
    void failsWhereNobodyListens() {
        tsa.close();

        assertThat(ask()).failsWithin(PATIENCE).withThrowableThat().withMessageContaining("ConnectException");
    }

    @Test
    void whoeverGivesUpOnASilentOneIsFree() {
        tsa.isSilent(true);
        Future<byte[]> answer = ask();

        assertThat(answer.isDone()).isFalse();
        assertThat(answer.cancel(true)).isTrue();
    }
}
