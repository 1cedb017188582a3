package aether.archive.export;

import java.io.OutputStream;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.json.JsonMapper;

/**
 * {@code events.ocsf.jsonl}: class API Activity (6003) of the Open Cybersecurity Schema Framework 1.8.0, for whoever
 * feeds a security data lake. The leaf hash is in {@code raw_data_hash}, the position in {@code metadata.sequence}.
 */
final class Ocsf implements EventSink {

    static final String NAME = "events.ocsf.jsonl";

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Pattern UP_TO_THE_VERB = Pattern.compile(".*[.-]");
    private static final int CATEGORY_APPLICATION = 6;
    private static final int CLASS_API_ACTIVITY = 6003;
    private static final int TYPES_PER_CLASS = 100;
    private static final int OTHER = 99;
    private static final int SHA_256 = 3; // fingerprint.algorithm_id
    private static final int SUCCESS = 1;
    private static final int FAILURE = 2;
    private static final int INFORMATIONAL = 1;

    /** The last word of an action, and what OCSF calls it: 1 create, 2 read, 3 update, 4 delete. */
    private static final Map<String, Integer> ACTIVITIES = activities();

    private final JsonGenerator json;
    private final Map<String, Verb> verbs = new HashMap<>(); // as many as there are kinds of events
    private long lines;

    Ocsf(OutputStream out) {
        this.json = JSON.writer().withRootValueSeparator("\n").createGenerator(out);
    }

    /** What the last word of an action says. */
    private record Verb(int activity, int status) {

        static Verb of(String action) {
            String verb = UP_TO_THE_VERB.matcher(action).replaceFirst("");
            boolean failed = verb.equals("refused") || verb.equals("failed");
            return new Verb(ACTIVITIES.getOrDefault(verb, OTHER), failed ? FAILURE : SUCCESS);
        }
    }

    private static Map<String, Integer> activities() {
        Map<String, Integer> activities = new LinkedHashMap<>();
        for (String created : new String[] {
            "registered", "requested", "claimed", "opened", "allocated", "reserved", "cloned", "issued", "created"
        }) {
            activities.put(created, 1);
        }
        activities.put("read", 2);
        for (String updated : new String[] {
            "renamed", "configured", "started", "published", "installed", "resized", "changed", "upgraded"
        }) {
            activities.put(updated, 3);
        }
        for (String deleted : new String[] {"released", "deleted", "removed", "erased", "destroyed"}) {
            activities.put(deleted, 4);
        }
        return activities;
    }

    @Override
    public void take(ExportedEvent event) {
        Verb verb = verbs.computeIfAbsent(event.action(), Verb::of);
        json.writeStartObject();
        json.writeNumberProperty("activity_id", verb.activity());
        writeActor(event);
        writeApi(event);
        json.writeNumberProperty("category_uid", CATEGORY_APPLICATION);
        json.writeNumberProperty("class_uid", CLASS_API_ACTIVITY);
        writeMetadata(event);
        json.writeObjectPropertyStart("raw_data_hash");
        json.writeNumberProperty("algorithm_id", SHA_256);
        json.writeStringProperty("value", event.leaf().hex());
        json.writeEndObject();
        json.writeArrayPropertyStart("resources");
        json.writeStartObject();
        json.writeStringProperty("uid", event.subject());
        json.writeEndObject();
        json.writeEndArray();
        json.writeNumberProperty("severity_id", INFORMATIONAL);
        writeSource(event);
        json.writeNumberProperty("status_id", verb.status());
        json.writeNumberProperty("time", millis(event));
        json.writeNumberProperty("type_uid", CLASS_API_ACTIVITY * TYPES_PER_CLASS + verb.activity());
        json.writeEndObject();
        lines++;
    }

    private void writeActor(ExportedEvent event) {
        json.writeObjectPropertyStart("actor");
        json.writeObjectPropertyStart("user");
        json.writeStringProperty("name", event.actor());
        json.writeStringProperty("type", event.actorType());
        if (!event.organization().isEmpty()) {
            writeUid("org", event.organization());
        }
        json.writeEndObject();
        json.writeEndObject();
    }

    private void writeApi(ExportedEvent event) {
        json.writeObjectPropertyStart("api");
        json.writeStringProperty("operation", event.action());
        if (!event.requestId().isEmpty()) {
            writeUid("request", event.requestId());
        }
        json.writeEndObject();
    }

    private void writeUid(String name, String uid) {
        json.writeObjectPropertyStart(name);
        json.writeStringProperty("uid", uid);
        json.writeEndObject();
    }

    private void writeMetadata(ExportedEvent event) {
        json.writeObjectPropertyStart("metadata");
        json.writeStringProperty("correlation_uid", event.correlation());
        json.writeStringProperty("original_event_uid", event.id());
        json.writeStringProperty("original_time", event.time());
        json.writeObjectPropertyStart("product");
        json.writeStringProperty("name", "Aether");
        json.writeStringProperty("vendor_name", "Aether");
        json.writeEndObject();
        json.writeNumberProperty("sequence", event.position());
        json.writeStringProperty("version", "1.8.0");
        json.writeEndObject();
    }

    private void writeSource(ExportedEvent event) {
        boolean sealed = event.sourceAddress().startsWith("{"); // under the person's key: no address to tell
        json.writeObjectPropertyStart("src_endpoint");
        if (!event.sourceAddress().isEmpty() && !sealed) {
            json.writeStringProperty("ip", event.sourceAddress());
        } else {
            json.writeStringProperty("name", event.actor());
        }
        json.writeEndObject();
    }

    private static long millis(ExportedEvent event) {
        try {
            return Instant.parse(event.time()).toEpochMilli();
        } catch (DateTimeException e) {
            return event.recorded().toEpochMilli();
        }
    }

    @Override
    public void close() {
        if (lines > 0) {
            json.writeRaw('\n'); // the others stand between the lines
        }
        json.close();
    }
}
