package aether.sandbox.kubernetes;

import aether.sandbox.journal.Json;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Who owns which fields of one object; read from it, changed, and written back. */
final class ManagedFields {
    private static final Set<String> SYSTEM_METADATA = Set.of(
            "f:name",
            "f:namespace",
            "f:uid",
            "f:resourceVersion",
            "f:generation",
            "f:creationTimestamp",
            "f:deletionTimestamp",
            "f:deletionGracePeriodSeconds",
            "f:selfLink",
            "f:managedFields",
            "f:generateName");

    /** One manager's claim. */
    record Owner(String manager, String operation, String subresource) {}

    private static final class Claim {
        final Owner owner;
        String time;
        final String apiVersion;
        Set<List<String>> paths;

        Claim(Owner owner, String time, String apiVersion, Set<List<String>> paths) {
            this.owner = owner;
            this.time = time;
            this.apiVersion = apiVersion;
            this.paths = paths;
        }
    }

    private final List<Claim> claims = new ArrayList<>();

    static ManagedFields of(JsonNode object) {
        ManagedFields fields = new ManagedFields();
        for (JsonNode entry : Json.at(object, "metadata", "managedFields")) {
            Owner owner = new Owner(
                    Json.text(entry, "manager"), Json.text(entry, "operation"), Json.text(entry, "subresource"));
            fields.claims.add(new Claim(
                    owner,
                    Json.text(entry, "time"),
                    Json.text(entry, "apiVersion"),
                    FieldPaths.fromFieldsV1(entry.path("fieldsV1"))));
        }
        return fields;
    }

    /** The paths of an object that somebody can own through this door (the object itself, or its status). */
    static Set<List<String>> ownable(ObjectNode object, String subresource) {
        Set<List<String>> paths = FieldPaths.of(object);
        paths.removeIf(path -> !isOwnable(path, subresource));
        return paths;
    }

    private static boolean isOwnable(List<String> path, String subresource) {
        String first = path.getFirst();
        if (!subresource.isEmpty()) {
            return first.equals("f:" + subresource);
        }
        return !first.equals("f:apiVersion")
                && !first.equals("f:kind")
                && !(first.equals("f:metadata") && (path.size() < 2 || SYSTEM_METADATA.contains(path.get(1))));
    }

    Set<List<String>> ownedBy(Owner owner) {
        return claims.stream()
                .filter(claim -> claim.owner.equals(owner))
                .findFirst()
                .map(claim -> claim.paths)
                .orElse(Set.of());
    }

    boolean isOwnedByOthers(Owner owner, List<String> path) {
        return claims.stream()
                .filter(claim -> !claim.owner.equals(owner))
                .anyMatch(claim -> claim.paths.stream().anyMatch(owned -> FieldPaths.startsWith(owned, path)));
    }

    /** The other managers that own this very path. */
    List<Owner> rivals(Owner owner, List<String> path) {
        return claims.stream()
                .filter(claim -> !claim.owner.equals(owner) && claim.paths.contains(path))
                .map(claim -> claim.owner)
                .toList();
    }

    /** Sets what a manager owns; the time moves only when the claim changes. */
    void claim(Owner owner, Set<List<String>> paths, String time, String apiVersion) {
        for (Claim claim : claims) {
            if (claim.owner.equals(owner)) {
                if (!claim.paths.equals(paths)) {
                    claim.paths = paths;
                    claim.time = time;
                }
                return;
            }
        }
        claims.add(new Claim(owner, time, apiVersion, paths));
    }

    /** Takes paths from everybody but one. */
    void disown(Owner keeper, Predicate<List<String>> gone) {
        for (Claim claim : claims) {
            if (!claim.owner.equals(keeper) && claim.paths.stream().anyMatch(gone)) {
                Set<List<String>> rest = new LinkedHashSet<>(claim.paths);
                rest.removeIf(gone);
                claim.paths = rest;
            }
        }
    }

    /** Notes a plain write: what it changed belongs to the writer from now on, whoever had it before. */
    static void recordUpdate(ObjectNode live, ObjectNode proposed, Owner writer, String time) {
        ManagedFields fields = of(live);
        Set<List<String>> before = ownable(live, writer.subresource());
        Set<List<String>> after = ownable(proposed, writer.subresource());
        Set<List<String>> changed = new LinkedHashSet<>(after);
        changed.removeIf(path ->
                before.contains(path) && FieldPaths.resolve(live, path).equals(FieldPaths.resolve(proposed, path)));
        changed.removeIf(path -> before.contains(path)
                && path.getLast().startsWith("k:")); // an item that is still there has not changed by itself
        fields.disown(writer, path -> changed.contains(path) || vanished(proposed, path, writer.subresource()));
        Set<List<String>> mine = new LinkedHashSet<>(fields.ownedBy(writer));
        mine.removeIf(path -> vanished(proposed, path, writer.subresource()));
        mine.addAll(changed);
        if (!mine.isEmpty()) {
            fields.claim(writer, mine, time, Json.text(proposed, "apiVersion"));
        }
        fields.writeTo(proposed);
    }

    private static boolean vanished(ObjectNode object, List<String> path, String subresource) {
        boolean throughThisDoor = subresource.isEmpty()
                ? !path.getFirst().equals("f:status")
                : path.getFirst().equals("f:" + subresource);
        return throughThisDoor && FieldPaths.resolve(object, path).isMissingNode();
    }

    void writeTo(ObjectNode object) {
        ArrayNode entries = Json.child(object, "metadata").putArray("managedFields");
        for (Claim claim : claims) {
            if (claim.paths.isEmpty()) {
                continue;
            }
            ObjectNode entry = entries.addObject()
                    .put("manager", claim.owner.manager())
                    .put("operation", claim.owner.operation())
                    .put("apiVersion", claim.apiVersion)
                    .put("time", claim.time)
                    .put("fieldsType", "FieldsV1");
            entry.set("fieldsV1", FieldPaths.toFieldsV1(claim.paths));
            if (!claim.owner.subresource().isEmpty()) {
                entry.put("subresource", claim.owner.subresource());
            }
        }
    }
}
