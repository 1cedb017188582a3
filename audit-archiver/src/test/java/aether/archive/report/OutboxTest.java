package aether.archive.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aether.archive.probe.WormVerdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OutboxTest {

    private static final Reports REPORTS = new Reports("audit.test/log");
    private static final Instant NOW = Instant.parse("2026-11-24T00:00:00Z");

    @TempDir
    private Path directory;

    private final InMemoryCommandService service = new InMemoryCommandService();
    private Outbox outbox = new Outbox(Path.of(""));

    @BeforeEach
    void open() {
        outbox = new Outbox(directory.resolve("outbox"));
    }

    @Test
    void whatCouldNotBeSentIsSentByTheNextProcessInOrder() throws IOException {
        service.away = true;
        outbox.add(verdict(0));
        outbox.add(verdict(1));
        assertThatThrownBy(() -> outbox.flush(service)).hasMessageContaining("away");

        service.away = false;
        open(); // the process died
        outbox.add(verdict(2));
        outbox.flush(service);

        assertThat(service.entered.values()).containsExactly(verdict(0), verdict(1), verdict(2));
        assertThat(outbox.size()).isZero();
    }

    @Test
    void whatWasEnteredWhenTheAnswerWasLostIsEnteredOnce() throws IOException {
        service.answerIsLost = true;
        outbox.add(verdict(0));
        assertThatThrownBy(() -> outbox.flush(service)).hasMessageContaining("lost");
        service.answerIsLost = false;
        open();

        outbox.add(verdict(0)); // whoever did not know that it is on its way
        assertThat(outbox.size()).isEqualTo(1);
        outbox.flush(service);
        outbox.flush(service);

        assertThat(service.entered.values()).containsExactly(verdict(0));
        assertThat(outbox.size()).isZero();
    }

    @Test
    void whatIsRefusedIsKeptApartAndStopsNothing() throws IOException {
        service.refuses = true;
        outbox.add(verdict(0));
        outbox.flush(service);
        service.refuses = false;
        outbox.add(verdict(1));
        outbox.flush(service);

        assertThat(service.entered.values()).containsExactly(verdict(1));
        try (var files = Files.list(directory.resolve("outbox"))) {
            assertThat(files).singleElement().asString().endsWith(".json.refused");
        }
    }

    @Test
    void halfAFileOfACrashIsNoReport() throws IOException {
        Files.createDirectories(directory.resolve("outbox"));
        Files.writeString(
                directory.resolve(
                        "outbox/%020d-%s.json.new".formatted(0, verdict(0).id())),
                "{\"id\":");

        outbox.add(verdict(0));
        outbox.flush(service);

        assertThat(service.entered.values()).containsExactly(verdict(0));
    }

    @Test
    void holdsSoManyAndNoMore() throws IOException {
        for (int i = 0; i < Outbox.MAX_WAITING; i++) {
            outbox.add(verdict(i));
        }
        assertThatThrownBy(() -> outbox.add(verdict(Outbox.MAX_WAITING))).hasMessageContaining("at most 1000 reports");
    }

    private static Report verdict(int second) {
        return REPORTS.probe(new WormVerdict(
                "s3://audit",
                NOW.plusSeconds(second),
                List.of(new WormVerdict.Attempt("delete a locked version", false, "x".repeat(600)))));
    }
}
