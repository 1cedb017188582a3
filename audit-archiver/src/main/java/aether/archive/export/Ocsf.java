package aether.archive.export;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

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

    private final OutputStream out;

    Ocsf(OutputStream out) {
        this.out = out;
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
        String verb = UP_TO_THE_VERB.matcher(event.action()).replaceFirst("");
        int activity = ACTIVITIES.getOrDefault(verb, OTHER);
        ObjectNode ocsf = JSON.createObjectNode();
        ocsf.put("activity_id", activity);
        ocsf.set("actor", actor(event));
        ObjectNode api = ocsf.putObject("api");
        api.put("operation", event.action());
        if (!event.requestId().isEmpty()) {
            api.putObject("request").put("uid", event.requestId());
        }
        ocsf.put("category_uid", CATEGORY_APPLICATION);
        ocsf.put("class_uid", CLASS_API_ACTIVITY);
        ocsf.set("metadata", metadata(event));
        ocsf.putObject("raw_data_hash")
                .put("algorithm_id", SHA_256)
                .put("value", event.leaf().hex());
        ocsf.putArray("resources").addObject().put("uid", event.subject());
        ocsf.put("severity_id", INFORMATIONAL);
        boolean sealed = event.sourceAddress().startsWith("{"); // under the person's key: no address to tell
        if (!event.sourceAddress().isEmpty() && !sealed) {
            ocsf.putObject("src_endpoint").put("ip", event.sourceAddress());
        } else {
            ocsf.putObject("src_endpoint").put("name", event.actor());
        }
        ocsf.put("status_id", verb.equals("refused") || verb.equals("failed") ? FAILURE : SUCCESS);
        ocsf.put("time", millis(event));
        ocsf.put("type_uid", CLASS_API_ACTIVITY * TYPES_PER_CLASS + activity);
        out.write((JSON.writeValueAsString(ocsf) + "\n").getBytes(StandardCharsets.UTF_8));
    }

    private static ObjectNode actor(ExportedEvent event) {
        ObjectNode actor = JSON.createObjectNode();
        ObjectNode user = actor.putObject("user");
        user.put("name", event.actor());
        user.put("type", event.actorType());
        if (!event.organization().isEmpty()) {
            user.putObject("org").put("uid", event.organization());
        }
        return actor;
    }

    private static ObjectNode metadata(ExportedEvent event) {
        ObjectNode metadata = JSON.createObjectNode();
        metadata.put("correlation_uid", event.correlation());
        metadata.put("original_event_uid", event.id());
        metadata.put("original_time", event.time());
        metadata.putObject("product").put("name", "Aether").put("vendor_name", "Aether");
        metadata.put("sequence", event.position());
        metadata.put("version", "1.8.0");
        return metadata;
    }

    private static long millis(ExportedEvent event) {
        try {
            return Instant.parse(event.time()).toEpochMilli();
        } catch (DateTimeException e) {
            return event.recorded().toEpochMilli();
        }
    }

    @Override
    public void close() throws IOException {
        out.close();
    }
}
