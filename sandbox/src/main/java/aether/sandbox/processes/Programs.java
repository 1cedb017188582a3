package aether.sandbox.processes;

import aether.embedded.kubernetes.KubernetesBinaries;
import aether.sandbox.journal.Json;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/**
 * The programs of this machine, with their versions. A Kubernetes component stands for an image only in the very
 * version; etcd's patches are one another's drop-in replacement.
 */
record Programs(KubernetesBinaries binaries, Map<String, String> versions) {

    private static final List<String> COMPONENTS = List.of(
            KubernetesBinaries.ETCD,
            KubernetesBinaries.API_SERVER,
            KubernetesBinaries.CONTROLLER_MANAGER,
            "kube-scheduler");

    private static final Pattern TAG = Pattern.compile(".*:v?([0-9]+\\.[0-9]+)(\\.[0-9]+)[^/@]*(@.*)?");

    static Programs in(KubernetesBinaries binaries) {
        Map<String, String> versions = new TreeMap<>();
        for (String component : COMPONENTS) {
            binaries.version(component).ifPresent(version -> versions.put(component, version));
        }
        return new Programs(binaries, versions);
    }

    /** Whether the program of this container is here in the version of its image. */
    boolean have(JsonNode container) {
        String version = versions.get(container.path("command").path(0).asString(""));
        Matcher tag = TAG.matcher(Json.text(container, "image"));
        if (version == null || !tag.matches()) {
            return false;
        }
        return container.path("command").path(0).asString("").equals(KubernetesBinaries.ETCD)
                ? version.startsWith(tag.group(1) + ".")
                : version.equals(tag.group(1) + tag.group(2));
    }

    String path(String program) {
        return binaries.tool(program)
                .orElseThrow(() -> new IllegalStateException(
                        "Expected " + program + " in " + binaries.directory() + ", but it is gone"))
                .toString();
    }
}
