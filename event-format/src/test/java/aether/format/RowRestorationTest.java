package aether.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aether.domain.kernel.DomainEvent;
import aether.domain.samples.Samples;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RowRestorationTest {

    private final JsonEventCodec codec = new JsonEventCodec();
    private final Envelope envelope = new Envelope("local", codec);
    private final RowRestoration restoration = new RowRestoration(codec);

    static List<DomainEvent> events() {
        return Samples.EVENTS;
    }

    @ParameterizedTest
    @MethodSource("events")
    void bringsBackEveryColumnOfEveryEvent(DomainEvent event) {
        for (String odd : new String[] {"p/abc", "a \"quoted\" \\ \u0001 \n\t 東京 \uD83D\uDE00 \u2028"}) {
            StoredEvent row = row(event, odd, odd);
            StoredEvent bare = row(event, odd, null);
            assertSame(restoration.row(envelope.render(row)), row);
            assertSame(restoration.row(envelope.render(bare)), bare);
        }
    }

    @Test
    void refusesWhatItWouldNotWriteLikeThat() {
        byte[] rendered = envelope.render(row(Samples.EVENTS.getFirst(), "p/abc", "r"));
        String moved = new String(rendered, StandardCharsets.UTF_8).replace("{\"authid\"", "{ \"authid\"");

        assertThatThrownBy(() -> restoration.row(moved.getBytes(StandardCharsets.UTF_8)))
                .hasMessageContaining("byte 1 of " + (rendered.length + 1));
    }

    @Test
    void refusesAForeignSource() {
        byte[] rendered = envelope.render(row(Samples.EVENTS.getFirst(), "p/abc", "r"));
        String foreign = new String(rendered, StandardCharsets.UTF_8).replace("/aether/local", "/other/local");

        assertThatThrownBy(() -> restoration.row(foreign.getBytes(StandardCharsets.UTF_8)))
                .hasMessageContaining("/other/local");
    }

    private StoredEvent row(DomainEvent event, String actor, @Nullable String more) {
        EventCodec.Encoded encoded = codec.encode(event);
        UUID id = more == null ? null : UUID.fromString("0190a000-0000-7000-8000-00000000000a");
        EventMetadata metadata = new EventMetadata(
                "user", actor, more, Concern.of(event).tenant(), more, more, id, id, id, more, -1_767_323_045_000_006L);
        return new StoredEvent(
                4_711,
                event.stream(),
                17,
                UUID.fromString("0190a000-0000-7000-8000-0000000000e1"),
                encoded.type(),
                encoded.revision(),
                1,
                1_767_323_045_000_007L,
                encoded.payload(),
                codec.encodeMetadata(metadata));
    }

    private static void assertSame(StoredEvent restored, StoredEvent stored) {
        assertThat(restored).usingRecursiveComparison().isEqualTo(stored);
    }
}
