package aether.sandbox.kubelet;

import aether.sandbox.journal.Json;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32;
import tools.jackson.databind.JsonNode;

/** What a pod template says that the simulation has to know. */
final class PodTemplate {
    /** A Secret or ConfigMap that the pod cannot start without. */
    record Needed(boolean secret, String name) {}

    private PodTemplate() {}

    /** Changes when the template does, and then the pods are replaced. */
    static String hash(JsonNode template) {
        CRC32 crc = new CRC32();
        crc.update(Json.bytes(template));
        return Long.toString(crc.getValue() + (1L << 32), 36);
    }

    static List<Needed> needs(JsonNode template) {
        List<Needed> needs = new ArrayList<>();
        JsonNode spec = template.path("spec");
        for (JsonNode volume : spec.path("volumes")) {
            add(needs, true, volume.path("secret"), "secretName");
            add(needs, false, volume.path("configMap"), "name");
            for (JsonNode source : Json.at(volume, "projected", "sources")) {
                add(needs, true, source.path("secret"), "name");
                add(needs, false, source.path("configMap"), "name");
            }
        }
        for (String list : List.of("initContainers", "containers")) {
            for (JsonNode container : spec.path(list)) {
                for (JsonNode source : container.path("envFrom")) {
                    add(needs, true, source.path("secretRef"), "name");
                    add(needs, false, source.path("configMapRef"), "name");
                }
                for (JsonNode variable : container.path("env")) {
                    add(needs, true, Json.at(variable, "valueFrom", "secretKeyRef"), "name");
                    add(needs, false, Json.at(variable, "valueFrom", "configMapKeyRef"), "name");
                }
            }
        }
        return needs;
    }

    private static void add(List<Needed> needs, boolean secret, JsonNode source, String field) {
        String name = Json.text(source, field);
        if (!name.isEmpty() && !source.path("optional").asBoolean(false)) {
            needs.add(new Needed(secret, name));
        }
    }

    static String crc(String text) {
        CRC32 crc = new CRC32();
        crc.update(text.getBytes(StandardCharsets.UTF_8));
        return Long.toHexString(crc.getValue());
    }
}
