package aether.archive;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import aether.archive.ArchiverStatus.State;
import aether.archive.cosign.CosignSettings;
import aether.archive.intake.Intake;
import aether.archive.intake.IntakeSettings;
import aether.archive.log.SignedNote;
import aether.archive.log.TlogProof;
import aether.archive.log.VerifierKey;
import aether.archive.policy.WitnessPolicy;
import aether.archive.read.DirectoryReader;
import aether.archive.report.CommandService;
import aether.archive.report.Holding;
import aether.archive.report.Report;
import aether.archive.routine.RoutineSettings;
import aether.archive.s3.TestCeph;
import aether.archive.seal.FileKey;
import aether.archive.seal.SealSettings;
import aether.archive.seal.SealWorld;
import aether.archive.stamp.StampSettings;
import aether.archive.stamp.TestAuthority;
import aether.archive.stamp.TestTsa;
import aether.archive.verify.ArchiveProver;
import aether.archive.verify.ArchiveVerifier;
import aether.archive.verify.VerificationReport;
import aether.archive.verify.VerificationRequest;
import aether.archive.witness.TestWitness;
import aether.embedded.kafka.KafkaTopics;
import aether.embedded.kafka.TestKafka;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/** The whole archiver with a real broker and a real directory. */
@Tag("slow")
class ArchiverTest {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final int PARTITIONS = 6;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    private Path directory;

    private final String topic = "archiver-" + UUID.randomUUID();
    private final String wantedTopic = "wanted-" + UUID.randomUUID();

    @Test
    void archivesWhatIsOnTheTopicAndGoesOnAfterARestart() throws IOException {
        KafkaTopics.ensure(TestKafka.bootstrapServers(), topic, PARTITIONS);
        publish(0, 700);
        try (Archiver archiver = new Archiver(settings())) {
            archiver.start();
            await(archiver, status -> status.size() == 700);
            publish(650, 710);
            await(archiver, status -> status.size() == 710);
        }
        requireIntact(710);

        publish(705, 1_000);
        try (Archiver archiver = new Archiver(settings())) {
            archiver.start();
            await(archiver, status -> status.size() == 1_000 && status.state() == State.RUNNING);
            assertThat(archiver.status().equivocations()).isEmpty();
        }
        requireIntact(1_000);
    }

    @Test
    void waitsForATopicThatDoesNotExistYetAndTellsTheDoorWhatItMisses() throws IOException {
        try (Archiver archiver = new Archiver(settings())) {
            archiver.start();
            await(archiver, status -> status.state() == State.RETRYING);
            assertThat(archiver.status().message()).contains("Expected topic " + topic);

            KafkaTopics.ensure(TestKafka.bootstrapServers(), topic, PARTITIONS);
            publish(0, 10);
            publish(11, 20);
            await(
                    archiver,
                    status ->
                            status.state() == State.WAITING && status.message().contains("door was asked"));
            assertThat(archiver.status().nextWanted()).isEqualTo(10);
            assertThat(lastWanted()).isEqualTo("10");

            publish(10, 11);
            await(archiver, status -> status.size() == 20 && status.state() == State.RUNNING);
        }
        requireIntact(20);
    }

    /** The part of the door is played here: it publishes again from the position that the archiver says it wants. */
    @Test
    void aTopicThatWasDeletedAndMadeAnewIsReadToTheEndWithoutALoss() throws Exception {
        KafkaTopics.ensure(TestKafka.bootstrapServers(), topic, PARTITIONS);
        publish(0, 300);
        try (Archiver archiver = new Archiver(settings())) {
            archiver.start();
            await(archiver, status -> status.size() == 300);

            deleteTopic(); // while idle: nothing is missing yet
            KafkaTopics.ensure(TestKafka.bootstrapServers(), topic, PARTITIONS);
            publish(310, 320); // 300 to 309 went with the old topic
            await(
                    archiver,
                    status ->
                            status.state() == State.WAITING && status.message().contains("door was asked"));
            assertThat(archiver.status().nextWanted()).isEqualTo(300);
            assertThat(lastWanted()).isEqualTo("300");
            publish(300, 320);
            await(archiver, status -> status.size() == 320);
        }
        deleteTopic(); // while the archiver is away
        KafkaTopics.ensure(TestKafka.bootstrapServers(), topic, PARTITIONS);
        publish(0, 330);
        try (Archiver archiver = new Archiver(settings())) {
            archiver.start();
            await(archiver, status -> status.size() == 330 && status.state() == State.RUNNING);
            assertThat(archiver.status().equivocations()).isEmpty();
        }
        requireIntact(330);
    }

    /** An older archive was put in its place; what is missing comes from the topic, or nothing is signed. */
    @Test
    void behindWhatAWitnessHasSeenItSignsNothingUntilTheVerySameEntriesAreThere() throws Exception {
        VerifierKey log = FileKey.open(
                        directory.resolve("state").resolve("audit.key"),
                        directory.resolve("archive"),
                        "audit.test/log",
                        new SecureRandom())
                .verifierKey();
        KafkaTopics.ensure(TestKafka.bootstrapServers(), topic, PARTITIONS);
        publish(0, 50);
        try (Archiver archiver = new Archiver(settings())) {
            archiver.start();
            await(archiver, status -> status.size() == 50);
        }
        copy(directory.resolve("archive"), directory.resolve("older"));
        try (TestWitness w1 =
                new TestWitness("witness.test/w1", log, directory.resolve("w1"), InstantSource.system())) {
            cosigners = new CosignSettings(List.of(w1.address()), Duration.ofMillis(1));
            publish(50, 100);
            try (Archiver archiver = new Archiver(settings())) {
                archiver.start();
                await(archiver, status -> status.size() == 100 && status.state() == State.RUNNING);
                assertThat(archiver.awaitProof(99, PATIENCE)).isPresent();
                await(archiver, status -> status.witnesses().contains("w1 has cosigned size 100 at "));
            }
            Files.move(directory.resolve("archive"), directory.resolve("lost"));
            Files.move(directory.resolve("older"), directory.resolve("archive"));
            Files.delete(directory.resolve("state").resolve("head"));
            deleteTopic();
            KafkaTopics.ensure(TestKafka.bootstrapServers(), topic, PARTITIONS);
            publish(0, 60);
            String before = Files.readString(directory.resolve("archive").resolve("checkpoint"));

            try (Archiver archiver = new Archiver(settings())) {
                archiver.start();
                await(archiver, status -> status.state() == State.ALARM);
                assertThat(archiver.status().message())
                        .contains(
                                "Expected the log to reach size 100, which was seen by the witness w1, but it ends at 50.")
                        .contains("'aether audit new-epoch'");
                assertThat(Files.readString(directory.resolve("archive").resolve("checkpoint")))
                        .isEqualTo(before);
                assertThat(lastWanted()).isEqualTo("60");
                publish(60, 100); // as the door does
                await(archiver, status -> status.size() == 100 && status.state() == State.RUNNING);
            }
        }
        requireIntact(100);
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Files.copy(file, to.resolve(from.relativize(file)), StandardCopyOption.COPY_ATTRIBUTES);
            }
        }
    }

    private void deleteTopic() throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", TestKafka.bootstrapServers()))) {
            admin.deleteTopics(List.of(topic)).all().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
            long end = System.nanoTime() + PATIENCE.toNanos();
            while (admin.listTopics()
                    .names()
                    .get(PATIENCE.toSeconds(), TimeUnit.SECONDS)
                    .contains(topic)) {
                assertThat(System.nanoTime()).as("the topic goes").isLessThan(end);
                pause();
            }
        }
    }

    @Test
    void standsStillWhenTheArchiveIsNotWhatItWasAndSaysSo() throws Exception {
        KafkaTopics.ensure(TestKafka.bootstrapServers(), topic, PARTITIONS);
        publish(0, 300);
        try (Archiver archiver = new Archiver(settings())) {
            archiver.start();
            await(archiver, status -> status.size() == 300);
        }
        Path tile = directory.resolve("archive/tile/0/000");
        Files.delete(tile);
        Files.write(tile, new byte[8_192]);

        try (Archiver archiver = new Archiver(settings());
                StatusServer server = StatusServer.start(0, archiver::status)) {
            archiver.start();
            await(archiver, status -> status.state() == State.ALARM);

            assertThat(get(server, "/healthz").statusCode()).isEqualTo(503);
            assertThat(get(server, "/status").body())
                    .contains("\"state\":\"alarm\"")
                    .contains("its objects give");
        }
    }

    @Test
    void archivesIntoBucketsThatEnforceTheirLocksAndGoesOnAfterARestart() throws IOException {
        ArchivePlace buckets = new ArchivePlace.Buckets(TestCeph.createBuckets(), TestCeph.CREDENTIALS);
        KafkaTopics.ensure(TestKafka.bootstrapServers(), topic, PARTITIONS);
        publish(0, 300);
        try (Archiver archiver = new Archiver(settings(buckets))) {
            archiver.start();
            await(archiver, status -> status.size() == 300);
        }
        publish(290, 310);
        try (Archiver archiver = new Archiver(settings(buckets))) {
            archiver.start();
            await(archiver, status -> status.size() == 310);
            assertThat(archiver.status().worm()).as("tried at the start").startsWith("WORM: s3://");
        }

        try (ArchivePlace.Reading place = buckets.read()) {
            VerificationReport report = ArchiveVerifier.verify(place.archive(), VerificationRequest.everything(null));
            assertThat(report.sentences()).isEmpty();
            assertThat(report.entries()).isEqualTo(310);
        }
    }

    @Test
    void hasCheckpointsStampedAndGoesOnSealingWhileTheAuthorityIsSilentOrDown() throws Exception {
        TestAuthority authority = TestAuthority.named("Test Time");
        SealSettings everyTen = new SealSettings(
                10, Duration.ofMillis(100), Duration.ofSeconds(1), Duration.ofDays(40), Duration.ofDays(30));
        KafkaTopics.ensure(TestKafka.bootstrapServers(), topic, PARTITIONS);
        publish(0, 100);
        try (TestTsa tsa = new TestTsa(authority, Instant::now)) {
            StampSettings stamps = new StampSettings(List.of(tsa.uri()), authority.above(), Duration.ofMillis(1));
            tsa.answersWith(503);
            ArchivePlace place = new ArchivePlace.Directory(directory.resolve("archive"));
            try (Archiver archiver = new Archiver(settings(place, everyTen, stamps));
                    StatusServer server = StatusServer.start(0, archiver::status)) {
                archiver.start();
                await(archiver, status -> status.sealedSize() == 100);
                await(archiver, status -> status.timestamps().contains("Expected 200, but got 503."));
                assertThat(archiver.status().state()).isEqualTo(State.RUNNING);
                assertThat(get(server, "/status").body()).contains("\"timestamps\":\"No timestamp yet. http://127.");
            }
            tsa.answersWith(200);
            tsa.isSilent(true);
            int before = tsa.asked();
            try (Archiver archiver = new Archiver(settings(place, everyTen, stamps))) {
                archiver.start();
                await(archiver, status -> tsa.asked() > before);
                publish(100, 150);
                await(archiver, status -> status.sealedSize() == 150);
                assertThat(archiver.status().timestamps()).isEqualTo("No timestamp yet.");
            }
            tsa.isSilent(false);
            try (Archiver archiver = new Archiver(settings(place, everyTen, stamps))) {
                archiver.start();
                await(archiver, status -> status.timestamps().startsWith("The newest timestamp is of size 150 at "));
            }
        }

        VerificationReport report = ArchiveVerifier.verify(
                DirectoryReader.open(directory.resolve("archive")),
                VerificationRequest.everything(null).believing(authority.above()));
        assertThat(report.sentences()).isEmpty();
        assertThat(report.remarks())
                .anyMatch(remark -> remark.startsWith("1 timestamps, by authorities you believe; the newest, "
                        + "timestamps/00000000000000000150.tsr, is of "));
    }

    @Test
    void asksWitnessesByItselfAndNoneHoldsUpASealOrAStrictRequest() throws Exception {
        SealSettings everyTen = new SealSettings(
                10, Duration.ofMillis(100), Duration.ofSeconds(1), Duration.ofDays(40), Duration.ofDays(30));
        ArchivePlace place = new ArchivePlace.Directory(directory.resolve("archive"));
        VerifierKey log = FileKey.open(
                        directory.resolve("state").resolve("audit.key"),
                        directory.resolve("archive"),
                        "audit.test/log",
                        new SecureRandom())
                .verifierKey();
        KafkaTopics.ensure(TestKafka.bootstrapServers(), topic, PARTITIONS);
        publish(0, 100);
        WitnessPolicy policy;
        try (TestWitness w1 = new TestWitness("witness.test/w1", log, directory.resolve("w1"), InstantSource.system());
                TestWitness w2 =
                        new TestWitness("witness.test/w2", log, directory.resolve("w2"), InstantSource.system())) {
            policy = WitnessPolicy.parse(
                    (w1.policyLine() + w2.policyLine() + "group all-of-them all w1 w2\n" + "quorum all-of-them\n")
                            .getBytes(UTF_8));
            cosigners = CosignSettings.of(policy, Duration.ofMillis(1));
            w2.fault(TestWitness.Fault.SLOW);
            try (Archiver archiver = new Archiver(settings(place, everyTen, StampSettings.NONE))) {
                archiver.start();
                await(archiver, status -> status.witnesses().contains("w1 has cosigned size 100 at "));
                await(archiver, status -> w2.questions() > 0);
                publish(100, 150);
                await(archiver, status -> status.size() == 150 && status.state() == State.RUNNING);
                assertThat(archiver.awaitProof(149, PATIENCE)).isPresent();
                await(archiver, status -> status.witnesses().contains("w1 has cosigned size 150 at "));
                assertThat(archiver.status().isHealthy()).isTrue();
                assertThat(archiver.status().witnesses()).contains("w2 has cosigned nothing yet.");
            }
            w2.fault(TestWitness.Fault.REFUSES);
            try (Archiver archiver = new Archiver(settings(place, everyTen, StampSettings.NONE));
                    StatusServer server = StatusServer.start(0, archiver::status)) {
                archiver.start();
                await(archiver, status -> !status.witnessAlarms().isEmpty());
                publish(150, 160);
                await(archiver, status -> status.sealedSize() == 160);
                assertThat(archiver.status().state()).isEqualTo(State.RUNNING);
                assertThat(get(server, "/healthz").statusCode()).isEqualTo(503);
                assertThat(get(server, "/healthz").body()).contains("Archiving").contains("answered 422 ");
                assertThat(get(server, "/status").body()).contains("\"witness_alarms\":[\"Expected the witness");
            }
            w2.fault(TestWitness.Fault.NONE);
            try (Archiver archiver = new Archiver(settings(place, everyTen, StampSettings.NONE))) {
                archiver.start();
                await(
                        archiver,
                        status -> status.witnesses().contains("w2 has cosigned size 160 at ")
                                && status.witnesses().contains("w1 has cosigned size 160 at "));
                assertThat(archiver.status().isHealthy()).isTrue();
            }
        }

        VerificationReport report = ArchiveVerifier.verify(
                DirectoryReader.open(directory.resolve("archive")),
                VerificationRequest.everything(log).demanding(policy));
        assertThat(report.sentences()).isEmpty();
        assertThat(report.remarks())
                .anyMatch(
                        remark -> remark.startsWith("The policy's quorum stands under the checkpoint of size 160: w1"));
        TlogProof proof = ArchiveProver.open(DirectoryReader.open(directory.resolve("archive")), log)
                .cosigned(155, policy)
                .orElseThrow();
        assertThat(proof.proves(proof.entry().orElseThrow(), log)).isTrue();
        assertThat(policy.judge(SignedNote.parse(proof.checkpoint())).enough()).isTrue();
    }

    @Test
    void verifiesItselfRoutinelyAndStandsStillOverWhatIsNotIntact() throws IOException {
        KafkaTopics.ensure(TestKafka.bootstrapServers(), topic, PARTITIONS);
        publish(0, 600);
        RoutineSettings often = new RoutineSettings(
                Duration.ofSeconds(1), Duration.ZERO, directory.resolve("state").resolve("verified"));
        ArchiverSettings settings = settings(
                new ArchivePlace.Directory(directory.resolve("archive")),
                SealSettings.DEFAULTS,
                StampSettings.NONE,
                often);
        Entered entered = new Entered();
        try (Archiver archiver = new Archiver(settings, entered)) {
            archiver.start();
            for (long position = 600; position < 1_200; position += 100) {
                publish(position, position + 100); // it is verified while it grows
                long size = position + 100;
                await(archiver, status -> status.size() == size);
            }
            await(archiver, status -> status.verified().contains("up to size 1200: intact."));
            assertThat(archiver.status().state()).isEqualTo(State.RUNNING);
            assertThat(entered.verifications()).isNotEmpty().allMatch(command -> command.contains("\"intact\":true"));

            Path tile = directory.resolve("archive/tile/0/003");
            byte[] bytes = Files.readAllBytes(tile);
            bytes[40] ^= 1;
            assertThat(tile.toFile().setWritable(true)).isTrue();
            Files.write(tile, bytes);
            await(archiver, status -> status.state() == State.ALARM);
            assertThat(archiver.status().message()).contains("NOT INTACT").contains("tile/0/003");
        }
        // Kept before it stood still; sent by now, or by the next start.
        assertThat(entered.verifications().toString() + waiting(settings))
                .contains("\"intact\":false")
                .contains("\"reason\":\"routine\"");
    }

    private static String waiting(ArchiverSettings settings) throws IOException {
        StringBuilder all = new StringBuilder();
        try (Stream<Path> files = Files.list(settings.reports().outbox())) {
            for (Path file : files.toList()) {
                all.append(
                        JSON.readTree(Files.readAllBytes(file)).path("command").asString());
            }
        }
        return all.toString();
    }

    /** A command service that takes everything and whose log is what was sealed. */
    private static final class Entered implements CommandService {
        private final List<Report> reports = new CopyOnWriteArrayList<>();

        List<String> verifications() {
            return reports.stream()
                    .filter(report -> report.type().equals("archive.record-verification"))
                    .map(Report::command)
                    .toList();
        }

        @Override
        public void send(Report report) {
            reports.add(report);
        }

        @Override
        public Holding holding(long size, boolean anew) throws IOException {
            throw new IOException("Expected a comparison of logs not to matter here.");
        }
    }

    private static HttpResponse<String> get(StatusServer server, String path) throws Exception {
        try (HttpClient client = HttpClient.newHttpClient()) {
            URI uri = URI.create("http://127.0.0.1:" + server.port() + path);
            return client.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
        }
    }

    private CosignSettings cosigners = CosignSettings.NONE;

    private ArchiverSettings settings() {
        return settings(new ArchivePlace.Directory(directory.resolve("archive")));
    }

    private ArchiverSettings settings(ArchivePlace place) {
        return settings(place, SealSettings.DEFAULTS, StampSettings.NONE);
    }

    private ArchiverSettings settings(ArchivePlace place, SealSettings seals, StampSettings stamps) {
        return settings(
                place,
                seals,
                stamps,
                RoutineSettings.of(directory.resolve("state").resolve("verified")));
    }

    private ArchiverSettings settings(
            ArchivePlace place, SealSettings seals, StampSettings stamps, RoutineSettings routine) {
        ArchiverSettings house = ArchiverSettings.of(
                TestKafka.bootstrapServers(),
                directory.resolve("archive"),
                directory.resolve("state"),
                "audit.test/log");
        return new ArchiverSettings(
                house.bootstrapServers(),
                topic,
                wantedTopic,
                place,
                house.keyFile(),
                house.headFile(),
                null,
                house.origin(),
                seals,
                new IntakeSettings(100, 1 << 20, Duration.ofMillis(50), Duration.ofSeconds(2)),
                stamps,
                cosigners,
                house.reports(),
                routine);
    }

    private void publish(long from, long to) {
        // One request at a time: right after a topic was made, a second one may overtake a first that found no leader
        // yet,
        // and then the broker refuses the first for ever (OUT_OF_ORDER_SEQUENCE_NUMBER).
        Map<String, Object> properties =
                Map.of("bootstrap.servers", TestKafka.bootstrapServers(), "max.in.flight.requests.per.connection", 1);
        try (Producer<String, byte[]> door =
                new KafkaProducer<>(properties, new StringSerializer(), new ByteArraySerializer())) {
            List<Future<RecordMetadata>> sent = new ArrayList<>();
            for (long position = from; position < to; position++) {
                ProducerRecord<String, byte[]> event =
                        new ProducerRecord<>(topic, "tenant-" + position % 17, SealWorld.entry(position));
                event.headers()
                        .add(
                                "ce_sequence",
                                String.format(Locale.ROOT, "%020d", position).getBytes(UTF_8));
                sent.add(door.send(event));
            }
            door.flush();
            assertThat(sent).allSatisfy(answer -> assertThat(answer).succeedsWithin(PATIENCE));
        }
    }

    private String lastWanted() {
        Map<String, Object> properties =
                Map.of("bootstrap.servers", TestKafka.bootstrapServers(), "auto.offset.reset", "earliest");
        try (Consumer<String, String> door =
                new KafkaConsumer<>(properties, new StringDeserializer(), new StringDeserializer())) {
            TopicPartition partition = new TopicPartition(wantedTopic, 0);
            door.assign(List.of(partition));
            door.seekToBeginning(List.of(partition));
            String last = "";
            for (ConsumerRecord<String, String> wanted : door.poll(PATIENCE)) {
                assertThat(wanted.key()).isEqualTo(Intake.CONSUMER);
                last = wanted.value();
            }
            return last;
        }
    }

    private void requireIntact(long size) throws IOException {
        VerificationReport report = ArchiveVerifier.verify(directory.resolve("archive"), Optional.empty());
        assertThat(report.sentences()).isEmpty();
        assertThat(report.entries()).isEqualTo(size);
    }

    private static void await(Archiver archiver, Predicate<ArchiverStatus> expected) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!expected.test(archiver.status())) {
            assertThat(System.nanoTime()).as("%s", archiver.status()).isLessThan(end);
            pause();
        }
    }

    private static void pause() {
        try {
            Thread.sleep(Duration.ofMillis(20));
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
