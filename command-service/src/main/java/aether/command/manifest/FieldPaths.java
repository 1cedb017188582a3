package aether.command.manifest;

/** Where in a document stands what a refusal of the domain calls a field. */
final class FieldPaths {

    private FieldPaths() {}

    /** The place in the file of a field that was refused after all was planned. */
    static String of(Document document, String field) {
        return document.path(
                switch (document) {
                    case Document.Organization ignored -> "metadata.name";
                    case Document.Cluster ignored -> cluster(field);
                    case Document.NodePool pool -> pool(pool, field);
                });
    }

    static String organization(String field) {
        return field.equals("slug") ? "metadata.name" : "spec.display_name";
    }

    static String cluster(String field) {
        return switch (field) {
            case "name" -> "metadata.name";
            case "organization" -> "metadata.organization";
            case "region" -> "spec.region";
            case "etcd.members" -> "spec.etcd.members";
            case "restore_from.cluster", "restore_from.snapshot" -> "spec." + field;
            case "api_names" -> "spec.api_names";
            case "public_domain" -> "spec.public_domain";
            // What else a cluster may be refused for is its version, or when it may change.
            default ->
                field.startsWith("oidc.") || field.startsWith("extra_args.") || field.startsWith("authorized_cidrs")
                        ? "spec." + field
                        : "spec.k8s_version";
        };
    }

    static String pool(Document.NodePool document, String field) {
        return switch (field) {
            case "name", "status", "node_pool" -> "metadata.name";
            case "cluster" -> "metadata.cluster";
            default -> "spec." + document.size().field(field);
        };
    }
}
