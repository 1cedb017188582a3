package aether.archive.export;

import aether.archive.log.Checkpoint;
import aether.archive.log.Hash;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * What an export says of itself: what was asked, how far was looked, and the hash of every other file.
 *
 * @param scope what was asked for
 * @param checkpoint the log as it was
 * @param from the first position that was looked at
 * @param to the position after the last that was looked at
 * @param events how many entries are in it
 * @param files the hash and the length of each file, by name
 */
record Manifest(
        ExportScope scope, Checkpoint checkpoint, long from, long to, long events, SortedMap<String, Content> files) {

    static final String NAME = "manifest.json";

    /** The same under a signature. */
    static final String NOTE = "manifest.note";

    /** The hashes once more, in the form of {@code sha256sum}. */
    static final String SUMS = "SHA256SUMS";

    private static final String FORMAT = "aether-export/1";
    private static final JsonMapper JSON =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    record Content(Hash sha256, long bytes) {}

    byte[] encode() {
        ObjectNode manifest = JSON.createObjectNode();
        manifest.put("format", FORMAT);
        manifest.set("scope", scope.json());
        manifest.putObject("log")
                .put("origin", checkpoint.origin())
                .put("size", checkpoint.size())
                .put("root", checkpoint.root().base64());
        manifest.putObject("coverage").put("from", from).put("to", to).put("events", events);
        ObjectNode contents = manifest.putObject("files");
        files.forEach((name, content) ->
                contents.putObject(name).put("sha256", content.sha256().hex()).put("bytes", content.bytes()));
        return (JSON.writeValueAsString(manifest) + "\n").getBytes(StandardCharsets.UTF_8);
    }

    static Manifest decode(byte[] bytes) {
        try {
            JsonNode manifest = JSON.readTree(bytes);
            if (!manifest.path("format").asString("").equals(FORMAT)) {
                throw new IllegalArgumentException(
                        "Expected a manifest of format " + FORMAT + ", but it is of " + manifest.path("format") + ".");
            }
            SortedMap<String, Content> files = new TreeMap<>();
            manifest.required("files")
                    .properties()
                    .forEach(file -> files.put(
                            file.getKey(),
                            new Content(
                                    Hash.fromHex(
                                            file.getValue().required("sha256").asString()),
                                    file.getValue().required("bytes").asLong())));
            JsonNode log = manifest.required("log");
            JsonNode coverage = manifest.required("coverage");
            return new Manifest(
                    ExportScope.of(manifest.required("scope")),
                    new Checkpoint(
                            log.required("origin").asString(),
                            log.required("size").asLong(),
                            Hash.fromBase64(log.required("root").asString())),
                    coverage.required("from").asLong(),
                    coverage.required("to").asLong(),
                    coverage.required("events").asLong(),
                    files);
        } catch (JacksonException e) {
            throw new IllegalArgumentException("Expected a manifest as JSON, but it does not parse.", e);
        }
    }

    /** What is signed: the manifest's hash, under a name that no other note of ours begins with. */
    static String noteText(byte[] manifest) {
        return FORMAT + "\n" + NAME + " " + Hash.sha256(manifest).hex() + "\n";
    }

    byte[] sums(byte[] manifest) {
        List<String> lines = new ArrayList<>();
        files.forEach((name, content) -> lines.add(content.sha256().hex() + "  " + name + "\n"));
        lines.add(Hash.sha256(manifest).hex() + "  " + NAME + "\n");
        return String.join("", lines).getBytes(StandardCharsets.UTF_8);
    }
}
