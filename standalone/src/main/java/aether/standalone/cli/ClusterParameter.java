package aether.standalone.cli;

import picocli.CommandLine.Parameters;

/** Which cluster a command is about. */
final class ClusterParameter {

    @Parameters(paramLabel = "NAME", description = "The cluster, as NAME, ORGANIZATION/NAME or id.")
    private String name;

    Tenants.Found find(ApiClient api) {
        return new Tenants(api).cluster(name);
    }

    @Override
    public String toString() {
        return name;
    }
}
