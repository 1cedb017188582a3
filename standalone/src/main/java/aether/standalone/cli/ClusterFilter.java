package aether.standalone.cli;

import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;

/** Of which clusters things are listed. */
final class ClusterFilter {

    @Option(
            names = "--organization",
            paramLabel = "ORGANIZATION",
            defaultValue = "",
            description = "Only those of one organization, by slug or id.")
    private String organization;

    @Option(
            names = "--cluster",
            paramLabel = "CLUSTER",
            defaultValue = "",
            description = "Only those of one cluster, as NAME, ORGANIZATION/NAME or id.")
    private String cluster;

    private List<Tenants.Found> clusters(Tenants tenants) {
        if (cluster.isEmpty()) {
            return tenants.clusters(organization);
        }
        boolean qualified = organization.isEmpty() || cluster.contains("/");
        return List.of(tenants.cluster(qualified ? cluster : organization + "/" + cluster));
    }

    /** What these clusters have of a kind, each with its cluster's name before everything else. */
    List<JsonNode> list(ApiClient api, String kind) {
        List<JsonNode> items = new ArrayList<>();
        for (Tenants.Found found : clusters(new Tenants(api))) {
            for (JsonNode item : api.list(found.path() + "/" + kind)) {
                items.add(Tenants.within(item, "cluster", found.name()));
            }
        }
        return items;
    }
}
