package aether.reconcile.kube;

import aether.domain.cluster.Fault;
import aether.reconcile.loop.OutsideFailure;
import aether.reconcile.render.ObjectRef;
import aether.reconcile.render.Rendered;
import aether.reconcile.render.ResourceKind;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.GenericKubernetesResourceList;
import io.fabric8.kubernetes.api.model.ListOptionsBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.VersionInfo;
import io.fabric8.kubernetes.client.dsl.MixedOperation;
import io.fabric8.kubernetes.client.dsl.NonNamespaceOperation;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** A Kubernetes API through the fabric8 client. */
class FabricKubeApi implements KubeApi {

    private static final String APPLYING = "?fieldManager=aether&force=true";
    private static final String JSON = "application/json";
    private static final int CONFLICT = 409;
    private static final int NOT_FOUND = 404;
    /** A Secret may have a megabyte; so many of them fit into memory beside everything else. */
    private static final long PAGE = 50;

    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    private final KubernetesClient client;
    private final JsonCalls calls;
    private final Side side;
    /**
     * What the server serves of the kinds that have to be discovered; a server is upgraded, so only what is newest
     * stays.
     */
    private final Map<ResourceKind, ResourceKind> served = new ConcurrentHashMap<>();

    FabricKubeApi(KubernetesClient client, Side side) {
        this.client = client;
        this.calls = new JsonCalls(client);
        this.side = side;
    }

    @Override
    public Optional<JsonNode> find(ObjectRef ref) {
        return asked(
                "read " + ref.shown(),
                () -> Optional.ofNullable(at(ref).get()).<JsonNode>map(found -> tree(found, ref.kind())));
    }

    @Override
    public List<JsonNode> list(ResourceKind kind, String namespace, Map<String, String> labels) {
        return asked("list " + kind.plural(), () -> {
            var operation = operation(served(kind));
            var scoped = namespace.isEmpty() ? operation.inAnyNamespace() : operation.inNamespace(namespace);
            return scoped.withLabels(labels).list().getItems().stream()
                    .<JsonNode>map(found -> tree(found, kind))
                    .toList();
        });
    }

    @Override
    public void apply(Rendered rendered) {
        ObjectNode applied = asked("apply " + rendered.ref().shown(), () -> {
            ResourceKind kind = served(rendered.ref().kind());
            return calls.send(
                    "PATCH",
                    kind.path(rendered.ref().namespace()) + "/" + rendered.ref().name() + APPLYING,
                    PatchType.SERVER_SIDE_APPLY.getContentType(),
                    text(rendered, kind));
        });
        wrote(rendered.ref().kind(), applied);
    }

    /** Hears what the server answered to a write. */
    void wrote(ResourceKind kind, ObjectNode object) {
        // nobody remembers it here
    }

    @Override
    public boolean create(Rendered rendered) {
        return asked("create " + rendered.ref().shown(), () -> {
            try {
                ResourceKind kind = served(rendered.ref().kind());
                wrote(
                        rendered.ref().kind(),
                        calls.send("POST", kind.path(rendered.ref().namespace()), JSON, text(rendered, kind)));
                return true;
            } catch (KubernetesClientException e) {
                if (e.getCode() == CONFLICT) {
                    return false;
                }
                throw e;
            }
        });
    }

    @Override
    public void delete(ObjectRef ref, String uid) {
        asked("delete " + ref.shown(), () -> {
            GenericKubernetesResource live = at(ref).get();
            if (live == null || !uid.equals(live.getMetadata().getUid())) {
                return List.of();
            }
            try {
                return at(ref).lockResourceVersion(live.getMetadata().getResourceVersion())
                        .delete();
            } catch (KubernetesClientException e) {
                if (e.getCode() == NOT_FOUND) {
                    return List.of();
                }
                throw e;
            }
        });
    }

    @Override
    public List<ObjectRef> names(ResourceKind kind) {
        return asked("list the names of " + kind.plural(), () -> {
            List<ObjectRef> names = new ArrayList<>();
            String from = null;
            do {
                GenericKubernetesResourceList page = operation(served(kind))
                        .inAnyNamespace()
                        .list(new ListOptionsBuilder()
                                .withLimit(PAGE)
                                .withContinue(from)
                                .build());
                page.getItems()
                        .forEach(found -> names.add(new ObjectRef(
                                kind,
                                found.getMetadata().getNamespace(),
                                found.getMetadata().getName())));
                from = page.getMetadata().getContinue();
            } while (from != null && !from.isEmpty());
            return List.copyOf(names);
        });
    }

    @Override
    public void rewrite(ObjectRef ref) {
        asked("rewrite " + ref.shown(), () -> {
            try {
                GenericKubernetesResource ignored = at(ref).patch(PatchContext.of(PatchType.JSON_MERGE), "{}");
                return true;
            } catch (KubernetesClientException e) {
                if (e.getCode() == NOT_FOUND) {
                    return false;
                }
                throw e;
            }
        });
    }

    @Override
    public String version() {
        return asked("read the version", () -> {
            VersionInfo version = client.getKubernetesVersion();
            return version == null ? "" : version.getGitVersion();
        });
    }

    /**
     * The kind in the version that this server has: ours, or the newest older one.
     *
     * @throws OutsideFailure when it has none of them
     */
    ResourceKind served(ResourceKind kind) {
        if (kind.olderVersions().isEmpty()) {
            return kind;
        }
        ResourceKind known = served.get(kind);
        if (known != null) {
            return known;
        }
        ResourceKind found = Stream.concat(
                        Stream.of(kind), kind.olderVersions().stream().map(kind::at))
                .filter(each -> client.supports(each.apiVersion(), each.kind()))
                .findFirst()
                .orElseThrow(() -> new OutsideFailure(
                        OutsideFailure.Kind.DENIED,
                        Fault.INFRASTRUCTURE,
                        "KindNotServed",
                        "Expected a server that serves " + kind.kind() + " in " + kind.apiVersion()
                                + " or older, but it does not"));
        if (found.equals(kind)) {
            served.put(kind, found);
        }
        return found;
    }

    MixedOperation<GenericKubernetesResource, GenericKubernetesResourceList, Resource<GenericKubernetesResource>>
            operation(ResourceKind kind) {
        return client.genericKubernetesResources(new ResourceDefinitionContext.Builder()
                .withGroup(kind.group())
                .withVersion(kind.version())
                .withKind(kind.kind())
                .withPlural(kind.plural())
                .withNamespaced(kind.namespaced())
                .build());
    }

    private Resource<GenericKubernetesResource> at(ObjectRef ref) {
        return scoped(ref).withName(ref.name());
    }

    /** The object as of the version that the server has. */
    private static String text(Rendered rendered, ResourceKind served) {
        String wanted = served.apiVersion();
        return wanted.equals(rendered.json().path("apiVersion").asString(""))
                ? rendered.json().toString()
                : new ObjectNode(JsonNodeFactory.instance)
                        .setAll(rendered.json())
                        .put("apiVersion", wanted)
                        .toString();
    }

    private NonNamespaceOperation<
                    GenericKubernetesResource, GenericKubernetesResourceList, Resource<GenericKubernetesResource>>
            scoped(ObjectRef ref) {
        ResourceKind kind = served(ref.kind());
        return kind.namespaced() ? operation(kind).inNamespace(ref.namespace()) : operation(kind);
    }

    /** The object as of the version that we write. */
    static ObjectNode tree(GenericKubernetesResource resource, ResourceKind kind) {
        if (resource instanceof Told told) {
            return told.tree().put("apiVersion", kind.apiVersion());
        }
        resource.setApiVersion(kind.apiVersion());
        return MAPPER.valueToTree(resource);
    }

    private <T> T asked(String what, Supplier<T> question) {
        try {
            return question.get();
        } catch (KubernetesClientException e) {
            throw FabricFailures.of(side, what, e);
        }
    }
}
