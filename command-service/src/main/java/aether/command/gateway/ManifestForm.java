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
    private static final Map<String, String> NAMES = Map.ofEntries(
            Map.entry("kubernetesVersion", "k8s_version"),
            Map.entry("publicEndpoint", "public_endpoint"),
            Map.entry(PUBLIC_DOMAIN, "public_domain"),
            Map.entry("issuerUrl", "issuer_url"),
            Map.entry("clientId", "client_id"),
            Map.entry("usernameClaim", "username_claim"),
            Map.entry("usernamePrefix", "username_prefix"),
            Map.entry("groupsClaim", "groups_claim"),
            Map.entry("groupsPrefix", "groups_prefix"),
            Map.entry("certificateAuthority", "certificate_authority"),
            Map.entry("extraArgs", "extra_args"),
            Map.entry("apiServer", "api_server"),
            Map.entry("controllerManager", "controller_manager"),
            Map.entry("nodeCount", "node_count"),
            Map.entry("minNodes", "min_nodes"),
            Map.entry("maxNodes", "max_nodes"),
            Map.entry("memoryGb", "memory_gb"),
            Map.entry("diskGb", "disk_gb"),
            Map.entry("maintenanceWindows", "maintenance_windows"),
            Map.entry("clusterCA", "cluster_ca"),
            Map.entry("authorizedCidrs", "authorized_cidrs"),
            Map.entry("restoreFrom", "restore_from"),
            Map.entry(API_NAMES, "api_names"));

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
                Map.of(
                        "api_names",
                        List.of(),
                        "authorized_cidrs",
                        List.of(),
                        "public_domain",
                        "",
                        "oidc",
                        Map.of(),
                        "extra_args",
                        Map.of(),
                        "hibernated",
                        false));
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
                spec.put(NAMES.getOrDefault(name, name), renamed(value));
            }
        });
        return JSON.writeValueAsBytes(Map.of(
                "apiVersion", "aetherplatform.cloud/v1alpha1", "kind", kind, "metadata", metadata, "spec", spec));
    }

    private static Object renamed(Object value) {
        if (!(value instanceof Map<?, ?> fields)) {
            return value;
        }
        Map<String, Object> inner = new LinkedHashMap<>();
        fields.forEach((name, field) ->
                inner.put(NAMES.getOrDefault(String.valueOf(name), String.valueOf(name)), renamed(field)));
        return inner;
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
