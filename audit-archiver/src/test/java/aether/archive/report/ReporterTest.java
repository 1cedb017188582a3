package aether.archive.report;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import aether.archive.cosign.RefusalCause;
import aether.archive.cosign.WitnessNews;
import aether.archive.log.Cosigner;
import aether.archive.log.CosignerKey;
import aether.archive.log.Hash;
import aether.archive.probe.WormVerdict;
import aether.archive.seal.SameThread;
import aether.archive.seal.SealWorld;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReporterTest {

    private static final Hash ROOT = Hash.sha256("sealed".getBytes(UTF_8));
    /** With a letter that an entry does not take. */
    private static final CosignerKey WITNESS =
            Cosigner.ed25519("w\u00e91", new byte[32]).key();

    private static final Hash OTHER = Hash.sha256("other".getBytes(UTF_8));

    @TempDir
    private Path directory;

    private final InMemoryCommandService service = new InMemoryCommandService();
    private Instant now = SealWorld.START;
    private long nanos;

    @SuppressWarnings("NullAway.Init") // made before each test
    private Reporter reporter;

    @BeforeEach
    void start() {
        service.holding = new Holding(9, 10, ROOT.base64(), 0);
        reporter = new Reporter(
                "audit.test/log",
                ReportSettings.of(directory.resolve("outbox")),
                service,
                () -> now,
                () -> nanos,
                new SameThread());
    }

    @Test
    void entersAComparisonThatAgreesOnceAnHourAcrossRestarts() {
        reporter.step(10, 10, ROOT);
        start();
        reporter.step(11, 10, ROOT);
        assertThat(service.asked).isEqualTo(2);
        assertThat(service.entered.values())
                .singleElement()
                .satisfies(report -> assertThat(report.command()).contains("\"finding\":\"agrees\""));
        assertThat(reporter.report()).isEqualTo("The event log agrees with the 10 sealed entries.");

        passes(Duration.ofHours(1));
        reporter.step(11, 10, ROOT);
        assertThat(service.entered).hasSize(2);
        assertThat(service.lastAskedAnew).isFalse();
        assertThat(reporter.alarm()).isEmpty();
    }

    @Test
    void alarmsAndEntersItWhateverDiffers() {
        service.holding = new Holding(9, 10, OTHER.base64(), 0);
        reporter.step(10, 10, ROOT);
        assertThat(reporter.alarm()).startsWith("Expected the first 10 events").contains(OTHER.base64());
        assertThat(finding()).contains("\"finding\":\"content-differs\"");

        start();
        service.holding = new Holding(8, 9, "", 0);
        reporter.step(10, 10, ROOT);
        assertThat(reporter.alarm()).contains("ends at position 8");
        assertThat(finding()).contains("\"finding\":\"store-is-short\"");

        start();
        service.holding = new Holding(12, 12, "", 0);
        reporter.step(10, 10, ROOT);
        assertThat(reporter.alarm()).contains("has 12 events");
        assertThat(finding()).contains("\"finding\":\"store-has-gaps\"");
    }

    @Test
    void beatsOnceInASilence() {
        reporter.step(10, 0, ROOT);
        for (int minute = 0; minute < 30; minute++) {
            passes(Duration.ofMinutes(1));
            reporter.step(10, 0, ROOT);
        }
        assertThat(service.entered.values())
                .singleElement()
                .satisfies(report -> assertThat(report.command())
                        .isEqualTo("{\"archive\":\"audit.test/log\",\"size\":\"10\",\"silent_seconds\":\"300\"}"));
        assertThat(reporter.report()).contains("Expected the heartbeat at size 10 to come back");
        reporter.step(11, 0, ROOT);
        assertThat(reporter.report()).isEmpty();
    }

    @Test
    void aHeartbeatWhoseAnswerWasLostIsNotDoubledByTheNextProcess() {
        service.answerIsLost = true;
        reporter.step(10, 0, ROOT);
        passes(Duration.ofMinutes(5));
        reporter.step(10, 0, ROOT);
        assertThat(service.entered).hasSize(1);

        service.answerIsLost = false;
        start();
        reporter.step(10, 0, ROOT); // sends what the last one left
        passes(Duration.ofMinutes(5));
        reporter.step(10, 0, ROOT); // and would beat again
        assertThat(service.entered).hasSize(1);
    }

    @Test
    void aVerdictWaitsForTheCommandServiceThroughARestart() throws IOException {
        service.away = true;
        reporter.judge(new WormVerdict("archive", now, List.of(new WormVerdict.Attempt("delete it", false, "gone"))));
        reporter.step(10, 0, ROOT);
        assertThat(reporter.report()).contains("away").contains("Reports wait in");
        assertThat(service.entered).isEmpty();

        start();
        service.away = false;
        reporter.step(10, 0, ROOT);
        assertThat(service.entered.values())
                .singleElement()
                .satisfies(report -> assertThat(report.command())
                        .contains("\"compliant\":false")
                        .contains("\"what\":\"delete it\",\"held\":false"));
        assertThat(reporter.report()).isEmpty();
    }

    @Test
    void aRefusalOfAWitnessIsEnteredOnceThroughLostAnswersAndRestarts() throws IOException {
        service.answerIsLost = true;
        reporter.heard(refused(300, 0));
        reporter.step(10, 0, ROOT);
        start();
        reporter.heard(refused(300, 0)); // the next process is refused again
        service.answerIsLost = false;
        reporter.step(10, 0, ROOT);

        assertThat(service.entered.values())
                .singleElement()
                .satisfies(report -> assertThat(report.command())
                        .isEqualTo("{\"archive\":\"audit.test/log\",\"witness\":{\"name\":\"w_1\",\"id\":\""
                                + WITNESS.idHex() + "\"},\"refusal\":{\"size\":\"300\",\"root\":\"" + ROOT.base64()
                                + "\",\"cause\":\"shorter-than-seen\",\"status\":409,\"witness_size\":\"500\"}}"));
        reporter.heard(new WitnessNews.Agreed(WITNESS, 310, ROOT, now));
        reporter.heard(refused(320, 310));
        reporter.step(10, 0, ROOT);
        assertThat(service.entered.values())
                .extracting(Report::type)
                .containsExactly(
                        "archive.record-witness-refusal",
                        "archive.record-witness-agreement",
                        "archive.record-witness-refusal");
    }

    /** Of the same checkpoint, after it has signed and an older archive was put in the place of this one. */
    @Test
    void anotherRefusalOfTheSameCheckpointIsAnotherFact() throws IOException {
        reporter.heard(refused(300, 0));
        reporter.heard(refused(300, 299));
        reporter.step(10, 0, ROOT);
        assertThat(service.entered).hasSize(2);
    }

    private static WitnessNews refused(long size, long signed) {
        return new WitnessNews.Refused(WITNESS, size, ROOT, RefusalCause.SHORTER_THAN_SEEN, 409, 500, signed);
    }

    @Test
    void asksACommandServiceThatIsAwayOnceAMinute() {
        service.away = true;
        for (int second = 0; second < 120; second++) {
            reporter.step(10, 10, ROOT);
            passes(Duration.ofSeconds(1));
        }
        assertThat(service.asked).isEqualTo(2);
    }

    private String finding() {
        return List.copyOf(service.entered.values()).getLast().command();
    }

    private void passes(Duration time) {
        now = now.plus(time);
        nanos += time.toNanos();
    }
}
