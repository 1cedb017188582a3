package aether.store.log;

import aether.store.schema.DatabaseSettings;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Commands and settings for tests. */
final class Events {

    private static final byte[] PAYLOAD = "{\"a\":1}".getBytes(StandardCharsets.UTF_8);

    private Events() {}

    static NewEvent event(String stream, long sequence) {
        return new NewEvent(stream, sequence, UUID.randomUUID(), "thing.happened", 1, 1, PAYLOAD, PAYLOAD);
    }

    static AppendCommand command(NewEvent... events) {
        return new AppendCommand(null, List.of(events));
    }

    static AppendCommand command(@Nullable UUID id, NewEvent... events) {
        return new AppendCommand(id, List.of(events));
    }

    static AppendCommand events(String stream, long from, int count) {
        List<NewEvent> events = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            events.add(event(stream, from + i));
        }
        return new AppendCommand(null, events);
    }

    static LogWriter writer(DatabaseSettings appender) {
        return LogWriter.open(WriterSettings.of(appender).withAnswerWait(Duration.ofSeconds(30)), step -> {});
    }
}
