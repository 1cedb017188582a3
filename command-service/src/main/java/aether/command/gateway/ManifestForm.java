package aether.command.gateway;

import aether.command.request.Detail;
import aether.command.request.RequestRefused;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import tools.jackson.databind.json.JsonMapper;

/**
 * A custom resource as the document of a manifest, so that both go through the same rules; and what the rules say, back
 * in the resource's own words.
 */
final class ManifestForm {

    /** Left out, it means none: a resource says everything. */
    private static final String API_NAMES = "apiServerNames";

    private static final String PUBLIC_DOMAIN = "publicDomain";

    /** The fields that differ; Kubernetes writes camel case. */
    private static final Map<String, String> NAMES = Map.of(
            "kubernetesVersion",
            "k8s_version",
            "publicEndpoint",
            "public_endpoint",
            PUBLIC_DOMAIN,
            "public_domain",
            "nodeCount",
            "node_count",
            "minNodes",
            "min_nodes",
            "maxNodes",
            "max_nodes",
            "memoryGb",
            "memory_gb",
            "diskGb",
            "disk_gb",
            API_NAMES,
            "api_names");

    private static final Map<String, String> BACK =
            NAMES.entrySet().stream().collect(Collectors.toMap(Map.Entry::getValue, Map.Entry::getKey));

    private static final Pattern WORD = Pattern.compile("[a-z0-9]+(?:_[a-z0-9]+)+");

    private static final String DOCUMENT = "documents[0].";

    private static final String ORGANIZATION = "organization";

    private static final String CLUSTER = "clusterName";

    private static final JsonMapper JSON = new JsonMapper();

    private ManifestForm() {}

    /** A TenantCluster. */
    static byte[] cluster(CustomResource resource) {
        return document(
                "Cluster",
                metadata(resource, resource.text(ORGANIZATION)),
                resource,
                Map.of("api_names", List.of(), "public_domain", ""));
    }

    /** A NodePool of the TenantCluster. */
    static byte[] pool(CustomResource resource, CustomResource cluster) {
        Map<String, Object> metadata = metadata(resource, cluster.text(ORGANIZATION));
        metadata.put("cluster", cluster.key().name());
        return document("NodePool", metadata, resource, Map.of());
    }

    private static Map<String, Object> metadata(CustomResource resource, String organization) {
        Map<String, Object> metadata = new LinkedHashMap<>();
        metadata.put("name", resource.key().name());
        metadata.put(ORGANIZATION, organization);
        return metadata;
    }

    private static byte[] document(
            String kind, Map<String, Object> metadata, CustomResource resource, Map<String, Object> otherwise) {
        Map<String, Object> spec = new LinkedHashMap<>(otherwise);
        resource.spec().forEach((name, value) -> {
            if (!name.equals(ORGANIZATION) && !name.equals(CLUSTER)) {
                spec.put(NAMES.getOrDefault(name, name), value);
            }
        });
        return JSON.writeValueAsBytes(Map.of(
                "apiVersion", "aetherplatform.cloud/v1alpha1", "kind", kind, "metadata", metadata, "spec", spec));
    }

    /** What the rules say about the document, in one line, each field by its name in the resource. */
    static Intent.Refuse refusal(RequestRefused refused) {
        String message = refused.details().isEmpty()
                ? spoken(String.valueOf(refused.getMessage()))
                : refused.details().stream().map(ManifestForm::line).collect(Collectors.joining(" "));
        String code = refused.details().isEmpty()
                ? refused.code()
                : refused.details().getFirst().code();
        return new Intent.Refuse(reason(code), message);
    }

    private static String line(Detail detail) {
        String field =
                detail.field().startsWith(DOCUMENT) ? detail.field().substring(DOCUMENT.length()) : detail.field();
        String path = switch (field) {
            case "metadata.organization" -> "spec." + ORGANIZATION;
            case "metadata.cluster" -> "spec." + CLUSTER;
            default -> spoken(field);
        };
        return path + ": " + spoken(detail.message());
    }

    private static String spoken(String text) {
        return WORD.matcher(text)
                .replaceAll(word -> Matcher.quoteReplacement(BACK.getOrDefault(word.group(), word.group())));
    }

    /** A code in CamelCase, as reasons of conditions are written. */
    private static String reason(String code) {
        StringBuilder reason = new StringBuilder();
        for (String word : code.split("_", -1)) {
            reason.append(Character.toUpperCase(word.charAt(0))).append(word, 1, word.length());
        }
        return reason.toString();
    }
}
