package aether.sandbox.kubernetes;

import java.util.List;

/**
 * One kind of object an API serves.
 *
 * @param group the API group, empty for core
 * @param plural the name in addresses
 * @param counted whether a change of anything but metadata and status counts up {@code metadata.generation}
 * @param custom whether it comes from a CustomResourceDefinition (or behaves as if): no strategic merge
 */
public record ResourceType(
        String group,
        String version,
        String plural,
        String kind,
        boolean namespaced,
        boolean withStatus,
        boolean counted,
        boolean custom,
        List<String> shortNames) {

    /** The name that storage uses; one object is stored once, whatever version it is asked in. */
    public String id() {
        return group.isEmpty() ? plural : plural + "." + group;
    }

    /** What stands in an object's {@code apiVersion}. */
    public String apiVersion() {
        return group.isEmpty() ? version : group + "/" + version;
    }
}
