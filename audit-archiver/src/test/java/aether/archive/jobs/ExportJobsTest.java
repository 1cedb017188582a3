package aether.archive.jobs;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aether.archive.export.CustomerLog;
import aether.archive.export.Evidence;
import aether.archive.export.ExportRequest;
import aether.archive.export.ExportScope;
import aether.archive.export.Exporter;
import aether.archive.export.TestWitnesses;
import aether.archive.log.Ed25519Signer;
import aether.archive.read.ArchiveReader;
import aether.archive.seal.SealWorld;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExportJobsTest {

    private static final Ed25519Signer EXPORT_KEY =
            Ed25519Signer.fromSeed("audit.test/log/export", "thirty-two bytes for export keys".getBytes(UTF_8));

    private static final String ONE = CustomerLog.organization(1);

    @TempDir
    private Path directory;

    private CustomerLog log;

    private Instant now = Instant.parse("2026-11-30T12:00:00Z");

    @BeforeEach
    void fill() throws IOException {
        log = new CustomerLog().append(700, 3);
    }

    private Path folder() {
        return directory.resolve("exports");
    }

    private ExportJobSettings settings() {
        return new ExportJobSettings(folder(), Duration.ofDays(7), 3, 5);
    }

    private ExportJobs open(ArchiveReader archive) throws IOException {
        return ExportJobs.open(
                settings(),
                () -> new ExportSource.Opened(archive, SealWorld.SIGNER.verifierKey(), EXPORT_KEY, () -> {}),
                () -> now);
    }

    private static UUID id(int number) {
        return new UUID(7, number);
    }

    private byte[] wanted(ExportScope scope, long size) throws IOException {
        Path file = directory.resolve("wanted.zip");
        Exporter.export(
                log.reader(),
                new ExportRequest(scope, SealWorld.SIGNER.verifierKey(), size, EXPORT_KEY),
                file,
                ExportRequest.Progress.SILENT);
        return Files.readAllBytes(file);
    }

    private Set<String> files() throws IOException {
        try (Stream<Path> files = Files.list(folder())) {
            return files.map(file -> file.getFileName().toString()).collect(Collectors.toSet());
        }
    }

    /** An archive that fails with the n-th read of an entry bundle. */
    private ArchiveReader failing(int at, Throwable failure) {
        AtomicInteger reads = new AtomicInteger();
        ArchiveReader real = log.reader();
        return (ArchiveReader) Proxy.newProxyInstance(
                ArchiveReader.class.getClassLoader(), new Class<?>[] {ArchiveReader.class}, (proxy, method, given) -> {
                    if (method.getName().equals("read")
                            && String.valueOf(given[0]).startsWith("tile/entries/")
                            && reads.incrementAndGet() == at) {
                        throw failure;
                    }
                    try {
                        return method.invoke(real, given);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    @Test
    void makesTheVeryFileThatTheSameRequestGivesElsewhere() throws IOException {
        ExportScope scope = new ExportScope(ONE, null, null, null, null, 100L, 600L);
        try (ExportJobs jobs = open(log.reader())) {
            assertThat(jobs.ask(id(1), scope).phase()).isEqualTo(new ExportJob.Waiting(""));
            assertThat(jobs.file(ONE, id(1))).isEmpty();

            jobs.step();

            ExportJob made = jobs.find(ONE, id(1)).orElseThrow();
            assertThat(made.size()).isEqualTo(700);
            assertThat(made.phase())
                    .isInstanceOfSatisfying(
                            ExportJob.Ready.class,
                            ready -> assertThat(ready)
                                    .extracting(ExportJob.Ready::from, ExportJob.Ready::to, ExportJob.Ready::events)
                                    .containsExactly(100L, 600L, 167L));
            assertThat(jobs.file(ONE, id(1)).orElseThrow()).hasBinaryContent(wanted(scope, 700));
            assertThat(jobs.ask(id(1), scope))
                    .as("asked again it is the same one")
                    .isEqualTo(made);
        }
    }

    @Test
    void nobodySeesTheJobOfAnother() throws IOException {
        String other = CustomerLog.organization(2);
        try (ExportJobs jobs = open(log.reader())) {
            jobs.ask(id(1), CustomerLog.of(1));
            jobs.step();

            assertThat(jobs.find(other, id(1))).isEmpty();
            assertThat(jobs.file(other, id(1))).isEmpty();
            assertThat(jobs.of(other)).isEmpty();
            assertThat(jobs.remove(other, id(1))).isFalse();
            assertThat(jobs.of(ONE)).hasSize(1);
            assertThatThrownBy(() -> jobs.ask(id(1), CustomerLog.of(2))).hasMessageContaining("stands for another one");
            assertThatThrownBy(() -> jobs.ask(id(2), ExportScope.EVERYTHING)).hasMessageContaining("names none");
        }
    }

    @Test
    void whatAKillInterruptedIsMadeAgainFromTheSameCheckpoint() throws IOException {
        ExportJobs killed = open(failing(2, new StackOverflowError("kill -9")));
        killed.ask(id(1), CustomerLog.of(1));
        assertThatThrownBy(killed::step).isInstanceOf(StackOverflowError.class);
        killed.close();
        Files.createDirectories(folder().resolve(".export-17/log"));
        Files.writeString(folder().resolve(".export-17/events.jsonl"), "half");
        Files.writeString(folder().resolve(id(1) + ".zip.part"), "half");
        Files.writeString(folder().resolve(id(9) + ".zip"), "nobody's");
        log.append(500, 3);

        try (ExportJobs jobs = open(log.reader())) {
            assertThat(files()).containsExactlyInAnyOrder("lock", id(1) + ".json");
            assertThat(jobs.find(ONE, id(1)).orElseThrow().phase()).isEqualTo(new ExportJob.Waiting(""));
            assertThat(jobs.file(ONE, id(1))).isEmpty();

            jobs.step();

            assertThat(jobs.file(ONE, id(1)).orElseThrow()).hasBinaryContent(wanted(CustomerLog.of(1), 700));
        }
        try (ExportJobs jobs = open(log.reader())) {
            assertThat(jobs.file(ONE, id(1)))
                    .as("ready is ready after a restart")
                    .hasValueSatisfying(file -> assertThat(file).exists());
        }
    }

    /** What is signed between the two tries is not in the second one; another order has it. */
    @Test
    void whatAKillInterruptedIsMadeAgainWithTheSameEvidence() throws IOException {
        String first = TestWitnesses.cosign(log.world, TestWitnesses.named("w1"), 700, now);
        ExportJobs killed = open(failing(2, new StackOverflowError("kill -9")));
        killed.ask(id(1), CustomerLog.of(1));
        assertThatThrownBy(killed::step).isInstanceOf(StackOverflowError.class);
        killed.close();
        byte[] wanted = wanted(CustomerLog.of(1), 700);
        String second = TestWitnesses.cosign(log.world, TestWitnesses.named("w2"), 700, now);

        try (ExportJobs jobs = open(log.reader())) {
            jobs.step();
            ExportJob made = jobs.find(ONE, id(1)).orElseThrow();
            assertThat(made.evidence()).isEqualTo(new Evidence(List.of(first)));
            assertThat(made.json().path("evidence").valueStream().map(name -> name.asString()))
                    .containsExactly(first);
            assertThat(jobs.file(ONE, id(1)).orElseThrow()).hasBinaryContent(wanted);

            jobs.ask(id(2), CustomerLog.of(1));
            jobs.step();
            assertThat(jobs.find(ONE, id(2)).orElseThrow().evidence()).isEqualTo(new Evidence(List.of(first, second)));
        }
    }

    @Test
    void aFileGoesWhenItsTimeIsOverAndTheMemoryOfItLater() throws IOException {
        try (ExportJobs jobs = open(log.reader())) {
            jobs.ask(id(1), CustomerLog.of(1));
            jobs.step();
            now = now.plus(Duration.ofDays(7)).minusSeconds(1);
            jobs.step();
            assertThat(jobs.file(ONE, id(1))).isPresent();

            now = now.plusSeconds(1);
            assertThat(jobs.file(ONE, id(1)))
                    .as("not even before the next step")
                    .isEmpty();
            jobs.step();

            assertThat(jobs.find(ONE, id(1)).orElseThrow().phase()).isEqualTo(new ExportJob.Expired(now));
            assertThat(files()).containsExactlyInAnyOrder("lock", id(1) + ".json");

            now = now.plus(JobBook.REMEMBERED).plusSeconds(1);
            jobs.step();
            assertThat(jobs.of(ONE)).isEmpty();
            assertThat(files()).containsExactly("lock");
        }
    }

    @Test
    void roomIsBoundedAndMadeByWhatIsOver() throws IOException {
        try (ExportJobs jobs = open(log.reader())) {
            for (int number = 1; number <= 3; number++) {
                jobs.ask(id(number), CustomerLog.of(1));
            }
            assertThatThrownBy(() -> jobs.ask(id(4), CustomerLog.of(1)))
                    .isInstanceOf(TooManyExports.class)
                    .hasMessageContaining("Expected at most 3 exports of an organization");
            jobs.ask(id(5), CustomerLog.of(2));
            jobs.ask(id(6), CustomerLog.of(2));
            assertThatThrownBy(() -> jobs.ask(id(7), CustomerLog.of(0)))
                    .isInstanceOf(TooManyExports.class)
                    .hasMessageContaining("Expected at most 5 exports of all");

            jobs.step();
            now = now.plus(Duration.ofDays(8));
            jobs.step();

            jobs.ask(id(4), CustomerLog.of(1));
            assertThat(jobs.of(ONE)).extracting(ExportJob::id).containsExactly(id(2), id(3), id(4));
        }
    }

    @Test
    void whatIsRemovedWhileItIsMadeLeavesNothing() throws IOException {
        ExportJobs[] jobs = new ExportJobs[1];
        ArchiveReader real = log.reader();
        ArchiveReader removing = (ArchiveReader) Proxy.newProxyInstance(
                ArchiveReader.class.getClassLoader(), new Class<?>[] {ArchiveReader.class}, (proxy, method, given) -> {
                    if (given != null && String.valueOf(given[0]).startsWith("tile/entries/001")) {
                        assertThat(jobs[0].find(ONE, id(1)).orElseThrow().phase())
                                .isEqualTo(new ExportJob.Running(256, 700));
                        assertThat(jobs[0].remove(ONE, id(1))).isTrue();
                    }
                    return method.invoke(real, given);
                });
        jobs[0] = open(removing);
        jobs[0].ask(id(1), CustomerLog.of(1));

        jobs[0].step();

        assertThat(jobs[0].of(ONE)).isEmpty();
        assertThat(files()).containsExactly("lock");
        jobs[0].close();
    }

    @Test
    void waitsForTheFirstSealAndGivesUpInTheEnd() throws IOException {
        log = new CustomerLog();
        try (ExportJobs jobs = open(log.reader())) {
            jobs.ask(id(1), CustomerLog.of(1));
            jobs.ask(id(2), CustomerLog.of(1));
            jobs.step();
            assertThat(jobs.find(ONE, id(1)).orElseThrow().phase())
                    .isEqualTo(new ExportJob.Waiting("The log has no sealed checkpoint yet."));

            now = now.plus(ExportJobs.PATIENCE).plusSeconds(1);
            jobs.ask(id(3), CustomerLog.of(1));
            jobs.step();
            assertThat(jobs.of(ONE).subList(0, 2))
                    .allSatisfy(job -> assertThat(job.phase())
                            .isInstanceOfSatisfying(
                                    ExportJob.Failed.class,
                                    failed -> assertThat(failed.sentence()).endsWith("ask again.")));

            log.append(10, 3);
            jobs.step();
            assertThat(jobs.file(ONE, id(3))).isPresent();
        }
    }

    @Test
    void anArchiveThatIsAwayIsTriedAgainAndADamagedOneIsSaid() throws IOException {
        try (ExportJobs jobs = open(failing(1, new IOException("connection refused")))) {
            jobs.ask(id(1), CustomerLog.of(1));
            jobs.step();
            assertThat(jobs.find(ONE, id(1)).orElseThrow().phase())
                    .isInstanceOfSatisfying(
                            ExportJob.Waiting.class,
                            waiting -> assertThat(waiting.why()).startsWith("The archive"));
            jobs.step();
            assertThat(jobs.file(ONE, id(1))).isPresent();

            byte[] bundle = log.world.worm.get("tile/entries/000").orElseThrow();
            bundle[400] ^= 1;
            log.world.worm.tamper("tile/entries/000", bundle);
            jobs.ask(id(2), CustomerLog.of(0));
            jobs.step();
            assertThat(jobs.find(CustomerLog.organization(0), id(2))
                            .orElseThrow()
                            .phase())
                    .isInstanceOfSatisfying(
                            ExportJob.Failed.class,
                            failed -> assertThat(failed.sentence()).contains("the archive is damaged there"));
            assertThat(List.copyOf(files())).noneMatch(name -> name.startsWith(".export"));
        }
    }

    @Test
    void twoProcessesNeverShareADirectory() throws IOException {
        try (ExportJobs jobs = open(log.reader())) {
            assertThat(jobs.of(ONE)).isEmpty();
            assertThatThrownBy(() -> open(log.reader())).hasMessageContaining("the only maker of exports here");
        }
    }
}
