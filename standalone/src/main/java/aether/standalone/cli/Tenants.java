package aether.standalone.cli;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Finds organizations and clusters by what people call them. */
final class Tenants {

    private static final String ORGANIZATIONS = "/api/v1/organizations";

    private static final Pattern ID = Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");

    private final ApiClient api;

    Tenants(ApiClient api) {
        this.api = api;
    }

    /**
     * A cluster and whose it is.
     *
     * @param path where it is in the API
     */
    record Found(JsonNode organization, JsonNode cluster, String path) {
        String name() {
            return Printer.text(organization, "slug") + "/" + Printer.text(cluster, "name");
        }
    }

    /** Every organization, or the one that is named by slug or id. */
    List<JsonNode> organizations(String named) {
        if (named.isEmpty()) {
            return api.list(ORGANIZATIONS);
        }
        if (ID.matcher(named).matches()) {
            return List.of(api.get(ORGANIZATIONS + "/" + named));
        }
        List<JsonNode> found = api.list(ORGANIZATIONS + "?slug=" + encoded(named));
        if (found.isEmpty()) {
            throw CliFailure.notFound("Expected an organization %s, but there is none.".formatted(named));
        }
        return found;
    }

    /** The clusters of organizations, each with its organization's slug as {@code organization}. */
    List<Found> clusters(String organization) {
        List<Found> found = new ArrayList<>();
        for (JsonNode owner : organizations(organization)) {
            found.addAll(clustersOf(owner, ""));
        }
        return found;
    }

    /** The one cluster that {@code NAME}, {@code ORGANIZATION/NAME} or an id means. */
    Found cluster(String reference) {
        int slash = reference.indexOf('/');
        String organization = slash < 0 ? "" : reference.substring(0, slash);
        String name = reference.substring(slash + 1);
        if (name.isEmpty() || (slash == 0)) {
            throw CliFailure.usage(
                    "Expected a cluster as NAME or ORGANIZATION/NAME, but got '%s'.".formatted(reference));
        }
        List<Found> found = new ArrayList<>();
        for (JsonNode owner : organizations(organization)) {
            found.addAll(clustersOf(owner, name));
        }
        if (found.isEmpty()) {
            throw CliFailure.notFound("Expected a cluster %s, but there is none.".formatted(reference));
        }
        if (found.size() > 1) {
            throw CliFailure.notFound("Expected one cluster %s, but there are %d: %s. Say which as ORGANIZATION/NAME."
                    .formatted(
                            reference,
                            found.size(),
                            String.join(", ", found.stream().map(Found::name).toList())));
        }
        return found.getFirst();
    }

    /** A copy of a thing with the name of what it belongs to before everything else. */
    static JsonNode within(JsonNode thing, String field, String owner) {
        ObjectNode named = ((ObjectNode) thing).objectNode();
        named.put(field, owner);
        named.setAll((ObjectNode) thing);
        return named;
    }

    private List<Found> clustersOf(JsonNode owner, String name) {
        String path = ORGANIZATIONS + "/" + Printer.text(owner, "id") + "/clusters";
        List<JsonNode> clusters;
        if (ID.matcher(name).matches()) {
            clusters = api.list(path).stream()
                    .filter(cluster -> Printer.text(cluster, "id").equals(name))
                    .toList();
        } else {
            clusters = api.list(name.isEmpty() ? path : path + "?name=" + encoded(name));
        }
        return clusters.stream()
                .map(cluster -> new Found(owner, cluster, path + "/" + Printer.text(cluster, "id")))
                .toList();
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
