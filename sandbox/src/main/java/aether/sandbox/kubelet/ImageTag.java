package aether.sandbox.kubelet;

import aether.sandbox.journal.Json;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/** The version that an image's tag promises. */
final class ImageTag {
    private static final Pattern TAG = Pattern.compile(".*:(v?[0-9]+\\.[0-9]+[^@/]*)(@.*)?");

    private ImageTag() {}

    /** The tag of the container {@code kube-apiserver}, or of the first one; {@code v0.0.0} when it has none. */
    static String version(JsonNode deployment) {
        JsonNode containers = Json.at(deployment, "spec", "template", "spec", "containers");
        String image = containers
                .valueStream()
                .filter(container -> Json.text(container, "name").equals("kube-apiserver"))
                .findFirst()
                .map(container -> Json.text(container, "image"))
                .orElseGet(() -> containers.isEmpty() ? "" : Json.text(containers.get(0), "image"));
        Matcher tag = TAG.matcher(image);
        if (!tag.matches()) {
            return "v0.0.0";
        }
        return tag.group(1).startsWith("v") ? tag.group(1) : "v" + tag.group(1);
    }
}
