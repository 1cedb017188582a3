package aether.sandbox.kubernetes;

import aether.sandbox.journal.Json;
import java.util.Set;
import java.util.stream.Collectors;
import tools.jackson.databind.node.ObjectNode;

/** Hands out the lowest free address of 10.96.0.0/16 to Services, as the real API server does while it creates them. */
final class ServiceAddresses {
    private static final String PREFIX = "10.96.";
    /** The .1 belongs to the Service `kubernetes`, the .10 to cluster DNS, as everywhere. */
    private static final int FIRST = 16;

    private static final int LAST = 65_534;
    private final ObjectShelf shelf;

    ServiceAddresses(ObjectShelf shelf) {
        this.shelf = shelf;
    }

    void assign(ObjectNode service) {
        ObjectNode spec = Json.child(service, "spec");
        if (!spec.has("type")) {
            spec.put("type", "ClusterIP");
        }
        if (!Json.text(spec, "clusterIP").isEmpty() || Json.text(spec, "type").equals("ExternalName")) {
            return;
        }
        Set<String> taken = shelf.of(Types.SERVICE.id(), "")
                .map(other -> Json.text(other, "spec", "clusterIP"))
                .collect(Collectors.toSet());
        for (int i = FIRST; i <= LAST; i++) {
            String address = PREFIX + (i >> 8) + "." + (i & 0xff);
            if (!taken.contains(address)) {
                spec.put("clusterIP", address);
                spec.putArray("clusterIPs").add(address);
                return;
            }
        }
        throw ApiRefusal.of(
                500, "InternalError", "Expected a free service address, but all of " + PREFIX + "* are taken");
    }

    /** A replace that does not name the address keeps it. */
    static void keep(ObjectNode live, ObjectNode object) {
        ObjectNode spec = Json.child(object, "spec");
        for (String field : new String[] {"clusterIP", "clusterIPs", "type"}) {
            if (!spec.has(field) && Json.at(live, "spec").has(field)) {
                spec.set(field, Json.at(live, "spec", field).deepCopy());
            }
        }
    }
}
