package aether.sandbox.kubernetes;

import java.util.List;
import java.util.Optional;

/**
 * What the address of a request means.
 *
 * @param namespace empty when the address names none
 * @param name empty for a collection
 * @param subresource empty for the object itself
 */
record ApiPath(String group, String version, String plural, String namespace, String name, String subresource) {

    /** Reads {@code /api/v1/…} and {@code /apis/<group>/<version>/…}; empty when no resource is meant. */
    static Optional<ApiPath> parse(List<String> path) {
        boolean core = path.getFirst().equals("api");
        int skip = core ? 2 : 3;
        if (path.size() <= skip) {
            return Optional.empty();
        }
        String group = core ? "" : path.get(1);
        String version = core ? path.get(1) : path.get(2);
        List<String> rest = path.subList(skip, path.size());
        boolean inNamespace = rest.size() > 2
                && rest.getFirst().equals("namespaces")
                && !rest.get(2).equals("status")
                && !rest.get(2).equals("finalize");
        String namespace = inNamespace ? rest.get(1) : "";
        List<String> tail = inNamespace ? rest.subList(2, rest.size()) : rest;
        if (tail.size() > 3) {
            return Optional.empty();
        }
        return Optional.of(new ApiPath(
                group,
                version,
                tail.getFirst(),
                namespace,
                tail.size() > 1 ? tail.get(1) : "",
                tail.size() > 2 ? tail.get(2) : ""));
    }
}
