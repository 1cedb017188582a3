package aether.command;

import static org.assertj.core.api.Assertions.assertThat;

import aether.command.door.Door;
import aether.embedded.kafka.InJvmKafka;
import aether.embedded.kafka.KafkaSettings;
import aether.embedded.kafka.TestKafka;
import aether.embedded.postgres.TestPostgres;
import aether.format.Envelope;
import aether.format.StoredEvent;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DoorTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private static List<ConsumerRecord<String, byte[]>> recordsUntil(
            String bootstrapServers, RunningService service, long position) {
        List<ConsumerRecord<String, byte[]>> records = new ArrayList<>();
        try (KafkaConsumer<String, byte[]> consumer = new KafkaConsumer<>(
                Map.of(
                        ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                        bootstrapServers,
                        ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
                        "earliest"),
                new StringDeserializer(),
                new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = consumer.partitionsFor(service.topic).stream()
                    .map(info -> new TopicPartition(service.topic, info.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            long deadline = System.nanoTime() + PATIENCE.toNanos();
            while (records.stream().noneMatch(one -> positionOf(one) == position) && System.nanoTime() < deadline) {
                consumer.poll(Duration.ofMillis(200)).forEach(records::add);
            }
        }
        return records;
    }

    private static long positionOf(ConsumerRecord<String, byte[]> kafkaRecord) {
        return Long.parseLong(
                new String(kafkaRecord.headers().lastHeader("ce_sequence").value(), StandardCharsets.US_ASCII));
    }

    private static void awaitPublished(RunningService service, long position) throws InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (service.bean(Door.class).status().published() < position && System.nanoTime() < deadline) {
            TimeUnit.MILLISECONDS.sleep(20);
        }
        assertThat(service.bean(Door.class).status().published()).isGreaterThanOrEqualTo(position);
    }

    @Test
    void publishesTheWholeLogInOrderAsTheArchiveWillKeepIt() throws Exception {
        try (RunningService service = RunningService.start(Map.of())) {
            long last = service.yaml("admin", ManifestTest.tenant("doors", "1.33", 2))
                    .position();

            List<ConsumerRecord<String, byte[]>> records = recordsUntil(TestKafka.bootstrapServers(), service, last);

            Envelope envelope = new Envelope("local", service.codec());
            List<StoredEvent> stored = service.eventsFrom(0);
            assertThat(records.stream().map(DoorTest::positionOf).distinct().sorted())
                    .containsExactlyElementsOf(
                            LongStream.rangeClosed(0, last).boxed().toList());
            for (ConsumerRecord<String, byte[]> one : records) {
                StoredEvent event = stored.get((int) positionOf(one));
                assertThat(one.value()).isEqualTo(envelope.record(event).value());
                assertThat(one.key()).isEqualTo(envelope.record(event).key());
            }
            Map<Integer, Long> latest = new HashMap<>();
            for (ConsumerRecord<String, byte[]> one : records) {
                Long before = latest.put(one.partition(), positionOf(one));
                assertThat(before == null || before < positionOf(one)).isTrue();
            }
            awaitPublished(service, last);
            assertThat(service.bean(Door.class).status().lag()).isZero();
        }
    }

    @Test
    void createsTopicsThatKeepEverything() throws Exception {
        try (RunningService service = RunningService.start(Map.of());
                Admin admin = Admin.create(
                        Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, (Object) TestKafka.bootstrapServers()))) {
            awaitPublished(service, 0);

            assertThat(admin.describeTopics(List.of(service.topic))
                            .allTopicNames()
                            .get()
                            .values()
                            .iterator()
                            .next()
                            .partitions())
                    .hasSize(6);
            ConfigResource events = new ConfigResource(ConfigResource.Type.TOPIC, service.topic);
            ConfigResource wanted = new ConfigResource(ConfigResource.Type.TOPIC, service.wantedTopic);
            assertThat(setting(admin, events, "retention.ms")).isEqualTo("-1");
            assertThat(setting(admin, events, "cleanup.policy")).isEqualTo("delete");
            assertThat(setting(admin, wanted, "cleanup.policy")).isEqualTo("compact");
        }
    }

    private static String setting(Admin admin, ConfigResource topic, String name) throws Exception {
        return admin.describeConfigs(List.of(topic))
                .all()
                .get()
                .values()
                .iterator()
                .next()
                .get(name)
                .value();
    }

    @Test
    void goesBackToWhatAConsumerAsksForAgain() throws Exception {
        try (RunningService service = RunningService.start(Map.of())) {
            long last = service.yaml("admin", ManifestTest.tenant("again", "1.33", 2))
                    .position();
            awaitPublished(service, last);

            try (KafkaProducer<String, String> consumer = new KafkaProducer<>(
                    Map.of(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, TestKafka.bootstrapServers()),
                    new StringSerializer(),
                    new StringSerializer())) {
                ProducerRecord<String, String> wanted = new ProducerRecord<>(service.wantedTopic, "archive", "2");
                wanted.headers().add("aether-resend", new byte[0]);
                consumer.send(wanted).get();
            }

            long next = service.yaml("admin", ManifestTest.tenant("again", "1.33", 3))
                    .position();
            List<ConsumerRecord<String, byte[]>> records;
            long deadline = System.nanoTime() + PATIENCE.toNanos();
            do {
                records = recordsUntil(TestKafka.bootstrapServers(), service, next);
            } while (records.stream().filter(one -> positionOf(one) == 2).count() < 2 && System.nanoTime() < deadline);
            assertThat(records.stream().filter(one -> positionOf(one) == 1)).hasSize(1);
            assertThat(records.stream().filter(one -> positionOf(one) == 2)).hasSize(2);
            assertThat(records.stream().filter(one -> positionOf(one) == last)).hasSize(2);
        }
    }

    @Test
    void onlyOneOfTwoProcessesPublishesAndTheOtherTakesOver() throws Exception {
        TestPostgres.Database empty = TestPostgres.createDatabase();
        RunningService first = RunningService.on(
                empty.jdbcUrl(), empty.owner().user(), empty.owner().password(), Map.of());
        awaitPublished(first, 0);
        try (RunningService second = RunningService.on(
                empty.jdbcUrl(),
                empty.owner().user(),
                empty.owner().password(),
                Map.of(
                        "aether.command.instance", "command-2",
                        "aether.command.kafka.topic", first.topic,
                        "aether.command.kafka.wanted-topic", first.wantedTopic))) {
            second.yaml("admin", ManifestTest.tenant("both", "1.33", 2));
            long last = second.head();
            awaitPublished(first, last);
            assertThat(second.bean(Door.class).status().publishing()).isFalse();

            first.close();
            long more =
                    second.yaml("admin", ManifestTest.tenant("both", "1.33", 3)).position();

            awaitPublished(second, more);
            assertThat(recordsUntil(TestKafka.bootstrapServers(), first, more).stream()
                            .map(DoorTest::positionOf)
                            .distinct()
                            .sorted())
                    .containsExactlyElementsOf(
                            LongStream.rangeClosed(0, more).boxed().toList());
        }
    }

    @Test
    @Tag("slow")
    void commandsGoOnWhileKafkaIsAwayAndTheDoorCatchesUp(@TempDir Path directory) throws Exception {
        try (InJvmKafka kafka = InJvmKafka.start(KafkaSettings.in(directory));
                RunningService service = RunningService.start(
                        Map.of("aether.command.kafka.bootstrap-servers", kafka.bootstrapServers()))) {
            long before = service.yaml("admin", ManifestTest.tenant("away", "1.33", 1))
                    .position();
            awaitPublished(service, before);

            kafka.stop();
            long last = before;
            for (int nodes = 2; nodes < 7; nodes++) {
                RunningService.Answer answer = service.yaml("admin", ManifestTest.tenant("away", "1.33", nodes));
                assertThat(answer.status()).isEqualTo(200);
                last = answer.position();
            }
            assertThat(service.bean(Door.class).status().published()).isEqualTo(before);
            kafka.restart();

            awaitPublished(service, last);
            assertThat(recordsUntil(kafka.bootstrapServers(), service, last).stream()
                            .map(DoorTest::positionOf)
                            .distinct()
                            .sorted())
                    .containsExactlyElementsOf(
                            LongStream.rangeClosed(0, last).boxed().toList());
        }
    }
}
