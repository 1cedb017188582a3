package aether.sandbox.processes;

import aether.sandbox.journal.Json;
import aether.sandbox.kubernetes.KubernetesStore;
import aether.sandbox.kubernetes.Types;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What a container's environment says: values, name and labels of its pod, and whole Secrets. */
record PodEnvironment(KubernetesStore store) {

    private static final Pattern LABEL = Pattern.compile("metadata\\.labels\\['([^']+)']");
    private static final Pattern REFERENCE = Pattern.compile("\\$\\(([A-Za-z_][A-Za-z0-9_]*)\\)");

    Map<String, String> of(ObjectNode pod, JsonNode container) {
        Map<String, String> environment = new TreeMap<>();
        String namespace = Json.text(pod, "metadata", "namespace");
        for (JsonNode source : container.path("envFrom")) {
            String name = Json.text(source, "secretRef", "name");
            ObjectNode secret = store.find(Types.SECRET, namespace, name)
                    .orElseThrow(() -> new IllegalStateException(
                            "Expected Secret " + name + " in " + namespace + ", but it is not there"));
            secret.path("data")
                    .properties()
                    .forEach(entry -> environment.put(
                            entry.getKey(),
                            new String(
                                    Base64.getDecoder().decode(entry.getValue().asString("")),
                                    StandardCharsets.UTF_8)));
        }
        for (JsonNode variable : container.path("env")) {
            environment.put(Json.text(variable, "name"), value(pod, variable));
        }
        return environment;
    }

    private static String value(ObjectNode pod, JsonNode variable) {
        if (Json.text(variable, "valueFrom", "fieldRef", "fieldPath").equals("metadata.name")) {
            return Json.text(pod, "metadata", "name");
        }
        Matcher label = LABEL.matcher(Json.text(variable, "valueFrom", "fieldRef", "fieldPath"));
        return label.matches() ? Json.text(pod, "metadata", "labels", label.group(1)) : Json.text(variable, "value");
    }

    /** The text with {@code $(NAME)} replaced by what the environment says; what it does not know stays. */
    static String expanded(String text, Map<String, String> environment) {
        return REFERENCE
                .matcher(text)
                .replaceAll(found -> Matcher.quoteReplacement(environment.getOrDefault(found.group(1), found.group())));
    }
}
