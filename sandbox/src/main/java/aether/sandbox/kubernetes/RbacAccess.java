package aether.sandbox.kubernetes;

import aether.sandbox.journal.Json;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What a user may do at an API, by the roles and bindings in its own store; {@code system:masters} may do all. */
public record RbacAccess(String user, Set<String> groups, KubernetesStore store) implements Access {

    private static final String ACCOUNT = "system:serviceaccount:";

    public RbacAccess {
        groups = Set.copyOf(groups);
    }

    /** What a service account may do. Source: Kubernetes, "Service account tokens". */
    public static RbacAccess account(String namespace, String name, KubernetesStore store) {
        return new RbacAccess(
                ACCOUNT + namespace + ":" + name,
                Set.of("system:serviceaccounts", "system:serviceaccounts:" + namespace, "system:authenticated"),
                store);
    }

    @Override
    public boolean allows(String verb, String group, String resource, String namespace, String name) {
        if (groups.contains("system:masters")) {
            return true;
        }
        Stream<ObjectNode> rules = rules(Types.CLUSTER_ROLE_BINDING, "");
        if (!namespace.isEmpty()) {
            rules = Stream.concat(rules, rules(Types.ROLE_BINDING, namespace));
        }
        return rules.anyMatch(rule -> names(rule, "verbs", verb)
                && names(rule, "apiGroups", group)
                && names(rule, "resources", resource)
                && (rule.path("resourceNames").isEmpty() || names(rule, "resourceNames", name)));
    }

    private Stream<ObjectNode> rules(ResourceType bindings, String namespace) {
        return store.list(bindings, namespace, Selection.ALL).items().stream()
                .filter(this::bindsMe)
                .map(binding -> binding.path("roleRef"))
                .flatMap(role -> store
                        .find(
                                Json.text(role, "kind").equals("Role") ? Types.ROLE : Types.CLUSTER_ROLE,
                                namespace,
                                Json.text(role, "name"))
                        .stream())
                .flatMap(role -> role.path("rules").valueStream())
                .map(Json::asObject);
    }

    private boolean bindsMe(JsonNode binding) {
        return binding.path("subjects").valueStream().anyMatch(subject -> {
            String name = Json.text(subject, "name");
            return switch (Json.text(subject, "kind")) {
                case "User" -> name.equals(user);
                case "ServiceAccount" -> user.equals(ACCOUNT + Json.text(subject, "namespace") + ":" + name);
                default -> groups.contains(name);
            };
        });
    }

    private static boolean names(JsonNode rule, String field, String wanted) {
        List<String> values =
                rule.path(field).valueStream().map(value -> value.asString("")).toList();
        return values.contains("*") || values.contains(wanted);
    }
}
