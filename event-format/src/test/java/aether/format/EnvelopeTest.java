package aether.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aether.domain.cluster.ClusterEvent;
import aether.domain.samples.Samples;
import io.cloudevents.CloudEvent;
import io.cloudevents.core.v1.CloudEventV1;
import io.cloudevents.kafka.CloudEventDeserializer;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.UUID;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;

class EnvelopeTest {

    private static final UUID EVENT_ID = UUID.fromString("0190a000-0000-7000-8000-0000000000e1");

    private final JsonEventCodec codec = new JsonEventCodec();
    private final Envelope envelope = new Envelope("local", codec);

    private static final EventMetadata FULL = new EventMetadata(
            "user",
            "mia \"the boss\" \u0001 東京",
            "acme",
            Samples.CLUSTER.toString(),
            "request-1",
            "192.0.2.7",
            UUID.fromString("0190a000-0000-7000-8000-00000000000a"),
            UUID.fromString("0190a000-0000-7000-8000-00000000000b"),
            UUID.fromString("0190a000-0000-7000-8000-00000000000c"),
            "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
            1_767_323_045_000_006L);

    private static final EventMetadata BARE =
            new EventMetadata("platform", "region", null, null, null, null, null, null, null, null, -1);

    @Test
    void keepsTheBytesOfVersionOne() throws IOException {
        try (InputStream golden = Objects.requireNonNull(EnvelopeTest.class.getResourceAsStream("/envelope/v1.json"))) {
            assertThat(text(envelope.render(stored(FULL)))).isEqualTo(text(golden.readAllBytes()));
        }
    }

    @Test
    void leavesOutWhatIsAbsent() {
        assertThat(text(envelope.render(stored(BARE))))
                .isEqualTo("{\"authid\":\"region\",\"authtype\":\"platform\",\"data\":{\"cluster_id\":"
                        + "\"0190a000-0000-7000-8000-000000000002\"},\"datacontenttype\":\"application/json\",\"id\":"
                        + "\"0190a000-0000-7000-8000-0000000000e1\",\"recordedtime\":\"2026-01-02T03:04:05.100000Z\","
                        + "\"sequence\":\"00000000000000000042\",\"source\":\"/aether/local\",\"specversion\":\"1.0\","
                        + "\"streamsequence\":\"00000000000000000007\",\"subject\":"
                        + "\"cluster-0190a000-0000-7000-8000-000000000002\",\"time\":\"1969-12-31T23:59:59.999999Z\","
                        + "\"type\":\"cloud.aetherplatform.cluster.running.v1\"}");
    }

    @Test
    void splicesThePayloadInAsItWasStored() {
        byte[] odd = "{ \"z\":1,\"a\" : 2.50 }".getBytes(StandardCharsets.UTF_8);

        assertThat(text(envelope.render(stored(BARE, odd, 1)))).contains("\"data\":{ \"z\":1,\"a\" : 2.50 },");
    }

    @Test
    void refusesAnEnvelopeVersionItDoesNotKnow() {
        StoredEvent later = stored(BARE, payload(), 2);

        assertThatThrownBy(() -> envelope.render(later)).hasMessageContaining("position 42 has 2");
    }

    @Test
    void refusesAnInstallationThatIsNoName() {
        assertThatThrownBy(() -> new Envelope("a/b", codec)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void keysTheRecordByTenantElseByStream() {
        assertThat(envelope.record(stored(FULL)).key()).isEqualTo(Samples.CLUSTER.toString());
        assertThat(envelope.record(stored(BARE)).key()).isEqualTo(Samples.CLUSTER.stream());
    }

    @Test
    void isACloudEventToTheSdk() {
        KafkaRecordFields fields = envelope.record(stored(FULL));
        RecordHeaders headers = new RecordHeaders();
        fields.headers().forEach(headers::add);

        CloudEvent event;
        try (CloudEventDeserializer sdk = new CloudEventDeserializer()) {
            event = sdk.deserialize(KafkaRecordFields.TOPIC, headers, fields.value());
        }

        assertThat(event).isInstanceOf(CloudEventV1.class);
        assertThat(event.getId()).isEqualTo(EVENT_ID.toString()).isEqualTo(header(headers, "ce_id"));
        assertThat(event.getType())
                .isEqualTo("cloud.aetherplatform.cluster.running.v1")
                .isEqualTo(header(headers, "ce_type"));
        assertThat(event.getSubject()).isEqualTo(Samples.CLUSTER.stream());
        assertThat(event.getSource()).hasToString("/aether/local");
        assertThat(event.getTime()).isEqualTo("2026-01-02T03:04:05.000006Z");
        assertThat(event.getDataContentType()).isEqualTo("application/json");
        assertThat(event.getExtension("sequence"))
                .isEqualTo("00000000000000000042")
                .isEqualTo(header(headers, "ce_sequence"));
        assertThat(event.getExtensionNames())
                .containsExactlyInAnyOrder(
                        "authid",
                        "authtype",
                        "causationid",
                        "commandid",
                        "correlationid",
                        "organization",
                        "recordedtime",
                        "requestid",
                        "sequence",
                        "sourceaddress",
                        "streamsequence",
                        "traceparent");
        assertThat(Objects.requireNonNull(event.getData()).toBytes()).isEqualTo(payload());
    }

    @Test
    void readsBackWhatItWrote() {
        for (EventMetadata metadata : new EventMetadata[] {FULL, BARE}) {
            KafkaRecordFields fields = envelope.record(stored(metadata));

            assertThat(envelope.read(fields.key(), fields.value()))
                    .isEqualTo(new ReceivedEvent(
                            42,
                            Samples.CLUSTER.stream(),
                            7,
                            EVENT_ID,
                            "/aether/local",
                            "cloud.aetherplatform.cluster.running",
                            1,
                            1_767_323_045_100_000L,
                            metadata,
                            new ClusterEvent.ClusterRunning(Samples.CLUSTER)));
        }
    }

    @Test
    void readsEveryEventFromItsEnvelope() {
        Samples.EVENTS.forEach(sample -> {
            EventCodec.Encoded encoded = codec.encode(sample);
            KafkaRecordFields fields = envelope.record(new StoredEvent(
                    0,
                    sample.stream(),
                    0,
                    EVENT_ID,
                    encoded.type(),
                    encoded.revision(),
                    Envelope.CURRENT_VERSION,
                    0,
                    encoded.payload(),
                    codec.encodeMetadata(FULL)));

            assertThat(envelope.read(fields.key(), fields.value()).event()).isEqualTo(sample);
        });
    }

    @Test
    void passesOverAttributesOfALaterVersion() {
        String later = text(envelope.render(stored(BARE)))
                .replace("\"specversion\"", "\"newattribute\":{\"deep\":[1]},\"specversion\"");

        assertThat(envelope.read("key", later.getBytes(StandardCharsets.UTF_8)).position())
                .isEqualTo(42);
    }

    @Test
    void refusesWhatIsNotAnEvent() {
        String good = text(envelope.render(stored(BARE)));

        for (String bad : new String[] {
            "",
            "[]",
            "{}",
            good.substring(0, good.length() - 2),
            good.replace("\"1.0\"", "\"0.3\""),
            good.replace("\"subject\"", "\"object\""),
            good.replace("\"data\"", "\"date\""),
            good.replace(".v1\"", "\""),
            good.replace(".v1\"", ".vx\""),
            good.replace("1969-", "19-"),
            good.replace("00000000000000000042", "forty-two"),
            good.replace("cluster.running", "cluster.walking")
        }) {
            assertThatThrownBy(() -> envelope.read("key", bad.getBytes(StandardCharsets.UTF_8)))
                    .as(bad)
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    private StoredEvent stored(EventMetadata metadata) {
        return stored(metadata, payload(), Envelope.CURRENT_VERSION);
    }

    private StoredEvent stored(EventMetadata metadata, byte[] payload, int version) {
        return new StoredEvent(
                42,
                Samples.CLUSTER.stream(),
                7,
                EVENT_ID,
                "cloud.aetherplatform.cluster.running",
                1,
                version,
                1_767_323_045_100_000L,
                payload,
                codec.encodeMetadata(metadata));
    }

    private byte[] payload() {
        return codec.encode(new ClusterEvent.ClusterRunning(Samples.CLUSTER)).payload();
    }

    private static String header(RecordHeaders headers, String name) {
        return text(headers.lastHeader(name).value());
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
