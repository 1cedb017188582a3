package aether.archive.export;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import tools.jackson.core.io.JsonStringEncoder;

/**
 * {@code events.ocsf.jsonl}: class API Activity (6003) of the Open Cybersecurity Schema Framework 1.8.0, for whoever
 * feeds a security data lake. The leaf hash is in {@code raw_data_hash}, the position in {@code metadata.sequence}.
 */
final class Ocsf implements EventSink {

    static final String NAME = "events.ocsf.jsonl";

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

    private final OutputStream out;
    private final StringBuilder line = new StringBuilder();
    private final Map<String, Verb> verbs = new HashMap<>(); // as many as there are kinds of events

    Ocsf(OutputStream out) {
        this.out = out;
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
    public void take(ExportedEvent event) throws IOException {
        Verb verb = verbs.computeIfAbsent(event.action(), Verb::of);
        line.setLength(0);
        line.append("{\"activity_id\":").append(verb.activity());
        appendActor(event);
        appendApi(event);
        line.append(",\"category_uid\":").append(CATEGORY_APPLICATION);
        line.append(",\"class_uid\":").append(CLASS_API_ACTIVITY);
        appendMetadata(event);
        line.append(",\"raw_data_hash\":{\"algorithm_id\":").append(SHA_256);
        append(",\"value\":", event.leaf().hex());
        append("},\"resources\":[{\"uid\":", event.subject());
        line.append("}],\"severity_id\":").append(INFORMATIONAL);
        appendSource(event);
        line.append(",\"status_id\":").append(verb.status());
        line.append(",\"time\":").append(millis(event));
        line.append(",\"type_uid\":").append(CLASS_API_ACTIVITY * TYPES_PER_CLASS + verb.activity());
        line.append("}\n");
        out.write(line.toString().getBytes(StandardCharsets.UTF_8));
    }

    private void appendActor(ExportedEvent event) {
        append(",\"actor\":{\"user\":{\"name\":", event.actor());
        append(",\"type\":", event.actorType());
        if (!event.organization().isEmpty()) {
            append(",\"org\":{\"uid\":", event.organization());
            line.append('}');
        }
        line.append("}}");
    }

    private void appendApi(ExportedEvent event) {
        append(",\"api\":{\"operation\":", event.action());
        if (!event.requestId().isEmpty()) {
            append(",\"request\":{\"uid\":", event.requestId());
            line.append('}');
        }
        line.append('}');
    }

    private void appendMetadata(ExportedEvent event) {
        append(",\"metadata\":{\"correlation_uid\":", event.correlation());
        append(",\"original_event_uid\":", event.id());
        append(",\"original_time\":", event.time());
        line.append(",\"product\":{\"name\":\"Aether\",\"vendor_name\":\"Aether\"},\"sequence\":")
                .append(event.position())
                .append(",\"version\":\"1.8.0\"}");
    }

    private void appendSource(ExportedEvent event) {
        boolean sealed = event.sourceAddress().startsWith("{"); // under the person's key: no address to tell
        if (!event.sourceAddress().isEmpty() && !sealed) {
            append(",\"src_endpoint\":{\"ip\":", event.sourceAddress());
        } else {
            append(",\"src_endpoint\":{\"name\":", event.actor());
        }
        line.append('}');
    }

    private void append(String before, String text) {
        line.append(before).append('"');
        if (isPlain(text)) {
            line.append(text);
        } else {
            line.append(JsonStringEncoder.getInstance().quoteAsCharArray(text));
        }
        line.append('"');
    }

    private static boolean isPlain(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < ' ' || c == '"' || c == '\\') {
                return false;
            }
        }
        return true;
    }

    private static long millis(ExportedEvent event) {
        try {
            return QuickTime.parse(event.time()).toEpochMilli();
        } catch (DateTimeException e) {
            return event.recorded().toEpochMilli();
        }
    }

    @Override
    public void close() throws IOException {
        out.close();
    }
}
