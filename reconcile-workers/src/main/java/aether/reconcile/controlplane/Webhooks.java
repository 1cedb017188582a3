package aether.reconcile.controlplane;

import aether.reconcile.render.ObjectRef;
import aether.reconcile.render.ResourceKind;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/**
 * Admission webhooks of a tenant that have to answer before a node can join. They run on nodes, so after a sleep there
 * is nobody to answer: the node waits for the webhook, and the webhook for the node.
 */
final class Webhooks {

    static final List<ResourceKind> KINDS =
            List.of(ResourceKind.VALIDATING_WEBHOOK_CONFIGURATION, ResourceKind.MUTATING_WEBHOOK_CONFIGURATION);

    /** Where a node keeps its lease. */
    private static final String LEASES = "kube-node-lease";

    private static final String SYSTEM = "kube-system";

    /** Whose labels a webhook may select. */
    static final List<String> NAMESPACES = List.of(SYSTEM, LEASES);

    /** Names are customers'; an event keeps the beginning. */
    private static final int NAME_MAX = 120;

    /**
     * What is written before the first node is ready.
     *
     * @param namespace empty for what lies in none
     */
    private record Needed(String group, String resource, String namespace) {}

    /** A kubelet asks for its certificate, registers and renews its lease; the network plugin's pods come. */
    private static final List<Needed> NEEDED = List.of(
            new Needed("certificates.k8s.io", "certificatesigningrequests", ""),
            new Needed("certificates.k8s.io", "certificatesigningrequests/approval", ""),
            new Needed("certificates.k8s.io", "certificatesigningrequests/status", ""),
            new Needed("", "nodes", ""),
            new Needed("", "nodes/status", ""),
            new Needed("coordination.k8s.io", "leases", LEASES),
            new Needed("coordination.k8s.io", "leases", SYSTEM),
            new Needed("", "pods", SYSTEM),
            new Needed("", "pods/binding", SYSTEM),
            new Needed("", "pods/status", SYSTEM),
            new Needed("", "serviceaccounts/token", SYSTEM));

    private static final Set<String> WRITES = Set.of("CREATE", "UPDATE", "*");

    private Webhooks() {}

    /** One sentence for each, without a period at its end. */
    static List<String> inTheWay(Map<ObjectRef, JsonNode> objects) {
        List<String> found = new ArrayList<>();
        objects.entrySet().stream()
                .filter(entry -> KINDS.contains(entry.getKey().kind()))
                .sorted(Map.Entry.comparingByKey(Comparator.comparing(ObjectRef::shown)))
                .forEach(entry -> entry.getValue()
                        .path("webhooks")
                        .forEach(webhook -> NEEDED.stream()
                                .filter(needed -> stands(webhook, needed, objects))
                                .findFirst()
                                .ifPresent(needed -> found.add(sentence(entry.getKey(), webhook, needed)))));
        return found;
    }

    private static String sentence(ObjectRef ref, JsonNode webhook, Needed needed) {
        return "webhook " + bounded(webhook.path("name").asString("")) + " of " + bounded(ref.shown())
                + " has to answer for " + needed.resource()
                + " before there is a node that it could run on; let it ignore failures, or leave that out of its rules";
    }

    private static String bounded(String name) {
        return name.length() <= NAME_MAX ? name : name.substring(0, NAME_MAX);
    }

    /** What is called at another place answers also without a node; conditions of a webhook cannot be judged here. */
    private static boolean stands(JsonNode webhook, Needed needed, Map<ObjectRef, JsonNode> objects) {
        return !webhook.path("failurePolicy").asString("Fail").equals("Ignore")
                && webhook.at("/clientConfig/service").isObject()
                && webhook.path("rules").valueStream().anyMatch(rule -> covers(rule, needed))
                && (needed.namespace().isEmpty()
                        || selects(webhook.path("namespaceSelector"), labels(needed.namespace(), objects)))
                && selects(webhook.path("objectSelector"), Map.of());
    }

    private static boolean covers(JsonNode rule, Needed needed) {
        String scope = rule.path("scope").asString("*");
        boolean reaches = scope.equals("*") || scope.equals(needed.namespace().isEmpty() ? "Cluster" : "Namespaced");
        return reaches
                && texts(rule.path("operations")).anyMatch(WRITES::contains)
                && texts(rule.path("apiGroups")).anyMatch(group -> group.equals("*") || group.equals(needed.group()))
                && texts(rule.path("resources")).anyMatch(pattern -> means(pattern, needed.resource()));
    }

    /**
     * Source: Kubernetes, "Matching requests: rules": {@code *} without subresources, {@code a/*}, {@code *}{@code /b}.
     */
    private static boolean means(String pattern, String resource) {
        if (pattern.equals("*/*") || pattern.equals(resource)) {
            return true;
        }
        int slash = resource.indexOf('/');
        if (slash < 0) {
            return pattern.equals("*") || pattern.equals(resource + "/*");
        }
        return pattern.equals(resource.substring(0, slash) + "/*") || pattern.equals("*" + resource.substring(slash));
    }

    private static Map<String, String> labels(String namespace, Map<ObjectRef, JsonNode> objects) {
        JsonNode there = objects.get(new ObjectRef(ResourceKind.NAMESPACE, "", namespace));
        Map<String, String> labels = new HashMap<>();
        if (there != null) {
            there.at("/metadata/labels")
                    .properties()
                    .forEach(
                            label -> labels.put(label.getKey(), label.getValue().asString("")));
        }
        return labels;
    }

    private static boolean selects(JsonNode selector, Map<String, String> labels) {
        boolean all = selector.path("matchLabels").properties().stream()
                .allMatch(term -> term.getValue().asString("").equals(labels.get(term.getKey())));
        return all && selector.path("matchExpressions").valueStream().allMatch(term -> holds(term, labels));
    }

    private static boolean holds(JsonNode term, Map<String, String> labels) {
        String value = labels.get(term.path("key").asString(""));
        boolean among = value != null && texts(term.path("values")).anyMatch(value::equals);
        return switch (term.path("operator").asString("")) {
            case "In" -> among;
            case "NotIn" -> !among;
            case "Exists" -> value != null;
            case "DoesNotExist" -> value == null;
            default -> true; // another operator is none that we know, so it is not trusted to leave anything out
        };
    }

    private static Stream<String> texts(JsonNode list) {
        return list.valueStream().map(text -> text.asString(""));
    }
}
