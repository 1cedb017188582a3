package aether.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aether.domain.cluster.ClusterEvent;
import aether.domain.kernel.DomainEvent;
import aether.domain.samples.Samples;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

class JsonEventCodecTest {

    private static final String REQUESTED = "cloud.aetherplatform.cluster.requested";

    /** An event in its second revision; in the first, both names were one text. */
    record Greeted(String first, String last) implements DomainEvent {
        @Override
        public String stream() {
            return "greeting-1";
        }
    }

    private record SplitName() implements Upcaster {
        @Override
        public String type() {
            return "test.greeted";
        }

        @Override
        public int from() {
            return 1;
        }

        @Override
        public ObjectNode upcast(ObjectNode payload) {
            String[] names = payload.remove("name").asString().split(" ", 2);
            return payload.put("first", names[0]).put("last", names[1]);
        }
    }

    private final JsonEventCodec codec = new JsonEventCodec();

    @Test
    void writesSortedSnakeCaseWithoutWhitespace() {
        byte[] payload = Samples.EVENTS.stream()
                .filter(event -> event instanceof ClusterEvent.ClusterRequested)
                .map(event -> codec.encode(event).payload())
                .findFirst()
                .orElseThrow();

        assertThat(text(payload))
                .isEqualTo(
                        "{\"channel\":\"api\",\"cluster_id\":\"0190a000-0000-7000-8000-000000000002\",\"etcd_members\":1,\"name\":\"shop\","
                                + "\"organization_id\":\"0190a000-0000-7000-8000-000000000001\",\"public_endpoint\":true,"
                                + "\"region\":\"eu-1\",\"restored_from\":{\"cluster_id\":\"0190a000-0000-7000-8000-00000000000a\","
                                + "\"name\":\"etcd-snapshot-29412345\"},\"version\":\"1.33.5\"}");
    }

    @Test
    void escapesAsRfc8785Does() {
        byte[] payload = codec.encode(
                        new ClusterEvent.ClusterDegraded(Samples.CLUSTER, 1, "\"\\\b\t\n\f\r\u001b/é\uD83D\uDE80"))
                .payload();

        assertThat(text(payload)).contains("\"reason\":\"\\\"\\\\\\b\\t\\n\\f\\r\\u001b/é\uD83D\uDE80\"");
    }

    @Test
    void refusesAPropertyThatTheRevisionDoesNotHave() {
        byte[] payload = bytes("{\"cluster_id\":\"0190a000-0000-7000-8000-000000000002\",\"more\":1}");

        assertThatThrownBy(() -> codec.decode("cloud.aetherplatform.cluster.running", 1, payload))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("more");
    }

    @Test
    void refusesAPayloadThatLacksARequiredProperty() {
        assertThatThrownBy(() -> codec.decode(REQUESTED, 4, bytes("{}"))).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void refusesUnknownNamesAndRevisions() {
        assertThatThrownBy(() -> codec.decode("cloud.aetherplatform.cluster.exploded", 1, bytes("{}")))
                .hasMessageContaining("exploded");
        assertThatThrownBy(() -> codec.decode(REQUESTED, 5, bytes("{}"))).hasMessageContaining("revision 5");
        assertThatThrownBy(() -> codec.decode(REQUESTED, 0, bytes("{}"))).hasMessageContaining("revision 0");
        assertThatThrownBy(() -> codec.decode(REQUESTED, 4, bytes("null"))).hasMessageContaining("null");
        assertThatThrownBy(() -> codec.encode("text")).hasMessageContaining("java.lang.String");
    }

    @Test
    void bringsAnOlderRevisionToTheCurrentOne() {
        JsonEventCodec newer = new JsonEventCodec(
                new EventTypes(List.of(new EventTypes.Row("test.greeted", 2, Greeted.class))),
                List.of(new SplitName()));

        assertThat(newer.decode("test.greeted", 1, bytes("{\"name\":\"Ada Lovelace\"}")))
                .isEqualTo(new Greeted("Ada", "Lovelace"));
        assertThat(newer.decode("test.greeted", 2, bytes("{\"first\":\"Ada\",\"last\":\"Lovelace\"}")))
                .isEqualTo(new Greeted("Ada", "Lovelace"));
        assertThat(newer.encode(new Greeted("Ada", "Lovelace")).revision()).isEqualTo(2);
    }

    @Test
    void refusesToStartWithAHoleInTheChain() {
        EventTypes third = new EventTypes(List.of(new EventTypes.Row("test.greeted", 3, Greeted.class)));

        assertThatThrownBy(() -> new JsonEventCodec(third, List.of(new SplitName())))
                .hasMessageContaining("from revision 2 of test.greeted");
    }

    @Test
    void metadataSurvivesTheLog() {
        EventMetadata full = new EventMetadata(
                "user",
                "tester",
                "acme",
                Samples.CLUSTER.toString(),
                "request-1",
                "192.0.2.7",
                UUID.fromString("0190a000-0000-7000-8000-00000000000a"),
                UUID.fromString("0190a000-0000-7000-8000-00000000000b"),
                UUID.fromString("0190a000-0000-7000-8000-00000000000c"),
                "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
                1_767_323_045_000_006L);
        EventMetadata bare = new EventMetadata("platform", "region", null, null, null, null, null, null, null, null, 0);

        assertThat(codec.decodeMetadata(codec.encodeMetadata(full))).isEqualTo(full);
        assertThat(codec.decodeMetadata(codec.encodeMetadata(bare))).isEqualTo(bare);
        assertThat(text(codec.encodeMetadata(bare)))
                .isEqualTo("{\"actor\":\"region\",\"actor_type\":\"platform\",\"decided_at_micros\":\"0\"}");
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
