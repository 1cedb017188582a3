package aether.archive.export;

import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;

/** What every table of an export has of an event, under these names and in this order; absent values are empty. */
record EventRow(
        long position,
        String time,
        String recorded,
        String action,
        String type,
        String organization,
        String subject,
        String version,
        String actor_type,
        String actor,
        String source_address,
        String request_id,
        String cause_id,
        String correlation_id,
        String event_id,
        String leaf_hash,
        String data) {

    static final List<String> COLUMNS = Arrays.stream(EventRow.class.getRecordComponents())
            .map(RecordComponent::getName)
            .toList();

    static EventRow of(ExportedEvent event) {
        return new EventRow(
                event.position(),
                event.time(),
                event.recorded().toString(),
                event.action(),
                event.type(),
                event.organization(),
                event.subject(),
                event.version(),
                event.actorType(),
                event.actor(),
                event.sourceAddress(),
                event.requestId(),
                event.cause(),
                event.correlation(),
                event.id(),
                event.leaf().base64(),
                event.data());
    }

    /** The values as texts, one for each column. */
    List<String> cells() {
        return List.of(
                Long.toString(position),
                time,
                recorded,
                action,
                type,
                organization,
                subject,
                version,
                actor_type,
                actor,
                source_address,
                request_id,
                cause_id,
                correlation_id,
                event_id,
                leaf_hash,
                data);
    }
}
