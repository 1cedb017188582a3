package aether.archive.jobs;

import aether.archive.export.Evidence;
import aether.archive.export.ExportScope;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.UUID;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** A job as JSON: how it is kept in its file, and how the command service and its callers see it. */
final class ExportJobJson {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private ExportJobJson() {}

    static ObjectNode tree(ExportJob job) {
        ObjectNode json = JSON.createObjectNode();
        json.put("id", job.id().toString());
        json.set("scope", job.scope().json());
        json.put("asked_at", job.askedAt().toString());
        Long size = job.size();
        if (size != null) {
            json.put("log_size", Long.toString(size));
        }
        Evidence evidence = job.evidence();
        if (evidence != null) {
            ArrayNode names = json.putArray("evidence");
            evidence.objects().forEach(names::add);
        }
        switch (job.phase()) {
            case ExportJob.Waiting waiting -> {
                json.put("state", "waiting");
                if (!waiting.why().isEmpty()) {
                    json.put("message", waiting.why());
                }
            }
            case ExportJob.Running running -> {
                json.put("state", "running");
                json.putObject("progress")
                        .put("done", Long.toString(running.done()))
                        .put("of", Long.toString(running.of()));
            }
            case ExportJob.Ready ready -> {
                json.put("state", "ready");
                json.put("from_position", Long.toString(ready.from()));
                json.put("to_position", Long.toString(ready.to()));
                json.put("events", Long.toString(ready.events()));
                json.put("bytes", Long.toString(ready.bytes()));
                json.put("manifest_sha256", ready.manifestSha256());
                json.put("sha256", ready.sha256());
                json.put("expires_at", ready.expiresAt().toString());
            }
            case ExportJob.Failed failed -> {
                json.put("state", "failed");
                json.put("message", failed.sentence());
                json.put("failed_at", failed.at().toString());
            }
            case ExportJob.Expired expired -> {
                json.put("state", "expired");
                json.put("expired_at", expired.at().toString());
            }
        }
        return json;
    }

    static byte[] encode(ExportJob job) {
        return (JSON.writeValueAsString(tree(job)) + "\n").getBytes(StandardCharsets.UTF_8);
    }

    /**
     * Reads a job.
     *
     * @throws IllegalArgumentException when it is none
     */
    static ExportJob decode(byte[] bytes) {
        try {
            JsonNode json = JSON.readTree(bytes);
            return new ExportJob(
                    UUID.fromString(text(json, "id")),
                    ExportScope.of(json.required("scope")),
                    Instant.parse(text(json, "asked_at")),
                    json.has("log_size") ? number(json, "log_size") : null,
                    json.has("evidence") ? evidence(json.required("evidence")) : null,
                    phase(json));
        } catch (JacksonException | java.time.DateTimeException e) {
            throw new IllegalArgumentException("Expected a job as JSON, but it does not parse.", e);
        }
    }

    private static Evidence evidence(JsonNode names) {
        return new Evidence(names.valueStream().map(name -> name.asString("")).toList());
    }

    private static ExportJob.Phase phase(JsonNode json) {
        String state = text(json, "state");
        return switch (state) {
            // Nobody is making it any more when it is read.
            case "waiting", "running" -> new ExportJob.Waiting("");
            case "ready" ->
                new ExportJob.Ready(
                        number(json, "from_position"),
                        number(json, "to_position"),
                        number(json, "events"),
                        number(json, "bytes"),
                        text(json, "manifest_sha256"),
                        text(json, "sha256"),
                        Instant.parse(text(json, "expires_at")));
            case "failed" -> new ExportJob.Failed(text(json, "message"), Instant.parse(text(json, "failed_at")));
            case "expired" -> new ExportJob.Expired(Instant.parse(text(json, "expired_at")));
            default -> throw new IllegalArgumentException("Expected a known state of a job, but got '" + state + "'.");
        };
    }

    private static String text(JsonNode json, String name) {
        return json.required(name).asString();
    }

    private static long number(JsonNode json, String name) {
        return Long.parseLong(text(json, name));
    }
}
