package aether.command.strict;

import aether.format.EventCodec;
import aether.format.EventMetadata;
import aether.format.StoredEvent;
import aether.store.log.LogReader;
import java.util.List;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/** Finds the last entry that a request left in the log, when it was answered and when its answer was lost. */
public final class FirstTries {

    /** One command leaves a handful of events; a page of them is more than any. */
    private static final int LONGEST_COMMAND = 100;

    private final LogReader reader;

    private final EventCodec codec;

    /** First tries in a log. */
    public FirstTries(LogReader reader, EventCodec codec) {
        this.reader = reader;
        this.codec = codec;
    }

    /** Whether the event at a position is of this very sending. */
    public boolean isOf(Attempt attempt, long position) {
        return reader.read(position, 1).stream()
                .map(event -> codec.decodeMetadata(event.metadata()))
                .anyMatch(metadata -> isBy(attempt, metadata)
                        && attempt.requestId().toString().equals(metadata.requestId()));
    }

    /**
     * The position of the last entry of an earlier sending: found by the ids of its commands, and among the newest
     * {@link LogReader#PAGE} events of each of its streams.
     */
    public OptionalLong lastEntry(Attempt attempt) {
        LongStream byId = attempt.commandIds().stream()
                .flatMap(id -> reader.findCommand(id).stream())
                .mapToLong(StoredEvent::position);
        LongStream byStream = attempt.streams().stream()
                .flatMapToLong(stream -> newest(stream).stream()
                        .filter(event -> isOfRequest(attempt, event))
                        .mapToLong(StoredEvent::position));
        OptionalLong found = LongStream.concat(byId, byStream).max();
        return found.isEmpty() ? found : OptionalLong.of(endOfCommand(found.getAsLong()));
    }

    private List<StoredEvent> newest(String stream) {
        OptionalLong last = reader.lastSequence(stream);
        return last.isEmpty()
                ? List.of()
                : reader.readStream(stream, Math.max(0, last.getAsLong() - LogReader.PAGE + 1));
    }

    private boolean isOfRequest(Attempt attempt, StoredEvent event) {
        EventMetadata metadata = codec.decodeMetadata(event.metadata());
        return isBy(attempt, metadata)
                && metadata.causationId() == null
                && attempt.correlationId().equals(metadata.correlationId());
    }

    private static boolean isBy(Attempt attempt, EventMetadata metadata) {
        return attempt.actorType().equals(metadata.actorType())
                && attempt.actor().equals(metadata.actor());
    }

    /** The events of a command lie side by side. */
    private long endOfCommand(long position) {
        List<StoredEvent> from = reader.read(position, LONGEST_COMMAND);
        @Nullable
        UUID command = codec.decodeMetadata(from.getFirst().metadata()).commandId();
        long end = position;
        for (StoredEvent event : from) {
            if (command == null
                    || !command.equals(codec.decodeMetadata(event.metadata()).commandId())) {
                break;
            }
            end = event.position();
        }
        return end;
    }
}
