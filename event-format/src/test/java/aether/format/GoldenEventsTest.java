package aether.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import aether.domain.kernel.DomainEvent;
import aether.domain.samples.Samples;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Holds the bytes of every event to a file that is written once. {@code -Devents.write=true} writes the files that are
 * missing and never touches one that is there.
 */
class GoldenEventsTest {

    private static final Path FILES = Path.of("src/test/resources/events");

    private final JsonEventCodec codec = new JsonEventCodec();

    @TestFactory
    Stream<DynamicTest> keepsTheBytesOf() {
        return Samples.EVENTS.stream()
                .map(sample -> DynamicTest.dynamicTest(sample.getClass().getSimpleName(), () -> keepsTheBytes(sample)));
    }

    @Test
    void thereIsASampleOfEveryEvent() {
        assertThat(Samples.EVENTS)
                .<Class<?>>map(DomainEvent::getClass)
                .containsExactlyInAnyOrderElementsOf(EventTypes.PLATFORM.rows().stream()
                        .<Class<?>>map(EventTypes.Row::event)
                        .toList());
    }

    @Test
    void everyFileCanStillBeRead() throws IOException {
        try (Stream<Path> files = Files.list(FILES)) {
            for (Path file : files.toList()) {
                String name = file.getFileName().toString();
                int cut = name.lastIndexOf(".r");
                int revision = Integer.parseInt(name.substring(cut + 2, name.length() - ".json".length()));

                assertThat(codec.decode(name.substring(0, cut), revision, Files.readAllBytes(file)))
                        .as(name)
                        .isInstanceOf(DomainEvent.class);
            }
        }
    }

    private void keepsTheBytes(DomainEvent sample) throws IOException {
        EventCodec.Encoded encoded = codec.encode(sample);
        String name = encoded.type() + ".r" + encoded.revision() + ".json";
        byte[] golden = golden(name, encoded.payload());

        assertThat(new String(encoded.payload(), StandardCharsets.UTF_8))
                .isEqualTo(new String(golden, StandardCharsets.UTF_8));
        assertThat(codec.decode(encoded.type(), encoded.revision(), golden)).isEqualTo(sample);
    }

    private static byte[] golden(String name, byte[] now) throws IOException {
        if (Boolean.getBoolean("events.write") && Files.notExists(FILES.resolve(name))) {
            Files.write(FILES.resolve(name), now);
            return now;
        }
        try (InputStream file = GoldenEventsTest.class.getResourceAsStream("/events/" + name)) {
            return file == null
                    ? fail("Expected src/test/resources/events/" + name
                            + " to exist, but it does not; run once with -Devents.write=true.")
                    : file.readAllBytes();
        }
    }

    /** Keeps the list of samples and the table in one order, so that a diff of either is easy to read. */
    @Test
    void samplesStandInTheOrderOfTheTable() {
        List<? extends Class<?>> samples =
                Samples.EVENTS.stream().map(DomainEvent::getClass).toList();

        assertThat(samples)
                .isEqualTo(EventTypes.PLATFORM.rows().stream()
                        .map(EventTypes.Row::event)
                        .toList());
    }
}
