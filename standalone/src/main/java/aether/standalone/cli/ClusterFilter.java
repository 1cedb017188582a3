package aether.standalone.cli;

import java.util.List;
import picocli.CommandLine.Option;

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

    List<Tenants.Found> clusters(Tenants tenants) {
        if (cluster.isEmpty()) {
            return tenants.clusters(organization);
        }
        boolean qualified = organization.isEmpty() || cluster.contains("/");
        return List.of(tenants.cluster(qualified ? cluster : organization + "/" + cluster));
    }
}
