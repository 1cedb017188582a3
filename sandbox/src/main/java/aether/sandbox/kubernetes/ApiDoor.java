package aether.sandbox.kubernetes;

import aether.sandbox.http.Answer;
import aether.sandbox.http.Faults;
import aether.sandbox.http.Request;
import aether.sandbox.journal.Json;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * One store as a Kubernetes API over HTTP. Who is asking has been found out before; {@link Access} says what they may.
 */
public final class ApiDoor {
    private static final Set<String> HEALTH = Set.of("healthz", "livez", "readyz");
    private final KubernetesStore store;
    private final Supplier<String> gitVersion;
    private final Faults faults;
    private final ListReader lists;

    /** A door to the store; the version is asked for at every {@code /version}. */
    public ApiDoor(KubernetesStore store, Supplier<String> gitVersion, Faults faults) {
        this.store = store;
        this.gitVersion = gitVersion;
        this.faults = faults;
        this.lists = new ListReader(store);
    }

    /** Whether an address belongs to a Kubernetes API. */
    public static boolean serves(Request request) {
        String first = request.path().isEmpty() ? "" : request.path().getFirst();
        return first.equals("api") || first.equals("apis") || first.equals("version") || HEALTH.contains(first);
    }

    /** The answer to a request of an identity that has already been verified. */
    public Answer handle(Request request, Access access) {
        try {
            return route(request, access);
        } catch (ApiRefusal refused) {
            return new Answer.Body(refused.code(), refused.body());
        } catch (IllegalArgumentException unreadable) {
            return refuse(400, "BadRequest", String.valueOf(unreadable.getMessage()));
        }
    }

    /** A refusal in the form Kubernetes clients read. */
    public static Answer refuse(int status, String reason, String message) {
        return new Answer.Body(status, ApiRefusal.of(status, reason, message).body());
    }

    private Answer route(Request request, Access access) {
        List<String> path = request.path();
        if (path.isEmpty()) {
            return refuse(404, "NotFound", "the server could not find the requested resource");
        }
        if (HEALTH.contains(path.getFirst())) {
            return faults.around("health", false, ApiDoor::refuse, () -> new Answer.Text(200, "ok"));
        }
        Optional<ApiPath> resource = path.getFirst().equals("version") ? Optional.empty() : ApiPath.parse(path);
        if (resource.isEmpty()) {
            return faults.around("discover", false, ApiDoor::refuse, () -> discover(path));
        }
        ApiPath meant = resource.get();
        ResourceType type = store.type(meant.group(), meant.version(), meant.plural())
                .orElseThrow(() -> ApiRefusal.of(404, "NotFound", "the server could not find the requested resource"));
        String verb = verb(request, meant);
        permit(access, verb, type, meant);
        if (isApply(request)
                && store.find(type, meant.namespace(), meant.name()).isEmpty()) {
            permit(access, "create", type, meant); // an apply that makes the object needs both
        }
        boolean write = !Set.of("get", "list", "watch").contains(verb);
        return faults.around(verb, write, ApiDoor::refuse, () -> guarded(() -> perform(request, meant, type, verb)));
    }

    private static void permit(Access access, String verb, ResourceType type, ApiPath meant) {
        String resource = meant.subresource().isEmpty() ? type.plural() : type.plural() + "/" + meant.subresource();
        if (!access.allows(verb, type.group(), resource, meant.namespace(), meant.name())) {
            throw ApiRefusal.forbidden("%s is forbidden: User \"%s\" cannot %s resource \"%s\" in API group \"%s\""
                    .formatted(type.id(), access.user(), verb, resource, type.group()));
        }
    }

    private static Answer guarded(Supplier<Answer> work) {
        try {
            return work.get();
        } catch (ApiRefusal refused) {
            return new Answer.Body(refused.code(), refused.body());
        }
    }

    private static String verb(Request request, ApiPath path) {
        return switch (request.method()) {
            case "GET", "HEAD" -> !path.name().isEmpty() ? "get" : request.flag("watch") ? "watch" : "list";
            case "POST" -> "create";
            case "PUT" -> "update";
            case "PATCH" -> "patch";
            case "DELETE" -> path.name().isEmpty() ? "deletecollection" : "delete";
            default -> throw ApiRefusal.of(405, "MethodNotAllowed", request.method() + " is not supported");
        };
    }

    private Answer discover(List<String> path) {
        if (path.getFirst().equals("version")) {
            return Answer.ok(Discovery.version(gitVersion.get()));
        }
        boolean core = path.getFirst().equals("api");
        Optional<? extends JsonNode> document = switch (path.size()) {
            case 1 -> Optional.of(core ? Discovery.core() : Discovery.groups(store.types()));
            case 2 ->
                core
                        ? Discovery.resources(store.types(), "", path.get(1))
                        : Discovery.group(store.types(), path.get(1));
            default -> Discovery.resources(store.types(), path.get(1), path.get(2));
        };
        return document.<Answer>map(Answer::ok)
                .orElseGet(() -> refuse(404, "NotFound", "the server could not find the requested resource"));
    }

    private Answer perform(Request request, ApiPath path, ResourceType type, String verb) {
        if (!path.subresource().isEmpty() && !(path.subresource().equals("status") && type.withStatus())) {
            throw ApiRefusal.of(
                    404,
                    "NotFound",
                    "the sandbox does not serve the subresource " + path.subresource() + " of " + type.id());
        }
        WriteOptions options = options(request, path);
        return switch (verb) {
            case "get" ->
                Answer.ok(store.find(type, path.namespace(), path.name())
                        .orElseThrow(() -> ApiRefusal.notFound(ObjectKey.of(type, path.namespace(), path.name()))));
            case "list" -> Answer.ok(lists.list(request, type, path.namespace()));
            case "watch" -> lists.watch(request, type, path.namespace());
            case "create" -> new Answer.Body(201, store.create(type, path.namespace(), body(request), options));
            case "update" -> Answer.ok(store.update(type, path.namespace(), path.name(), body(request), options));
            case "patch" -> patch(request, path, type, options);
            case "delete" -> delete(request, path, type);
            default -> {
                Selection selection =
                        Selection.of(request.parameter("labelSelector"), request.parameter("fieldSelector"));
                store.deleteAll(type, path.namespace(), selection, deletion(request));
                yield Answer.ok(success());
            }
        };
    }

    private static WriteOptions options(Request request, ApiPath path) {
        String manager = request.parameter("fieldManager");
        if (manager.isEmpty()) {
            manager = request.header("user-agent").replaceFirst("[/ ].*", "");
        }
        return new WriteOptions(
                manager.isEmpty() ? "unknown" : manager,
                path.subresource(),
                request.flag("force"),
                request.parameter("dryRun").equals("All"),
                Json.object());
    }

    private Answer patch(Request request, ApiPath path, ResourceType type, WriteOptions options) {
        String contentType = contentType(request);
        JsonNode body = Json.parse(request.body());
        Patch patch = switch (contentType) {
            case "application/apply-patch+yaml" -> {
                if (request.parameter("fieldManager").isEmpty()) {
                    throw ApiRefusal.badRequest("fieldManager is required for apply patch");
                }
                yield new Patch.Apply(Json.asObject(body));
            }
            case "application/merge-patch+json" -> new Patch.Merge(Json.asObject(body));
            case "application/strategic-merge-patch+json" -> {
                if (type.custom()) {
                    throw unsupported(contentType);
                }
                yield new Patch.Strategic(Json.asObject(body));
            }
            case "application/json-patch+json" -> {
                if (!(body instanceof ArrayNode operations)) {
                    throw ApiRefusal.badRequest("Expected a list of operations, but got " + body.getNodeType());
                }
                yield new Patch.Operations(operations);
            }
            default -> throw unsupported(contentType);
        };
        boolean created = patch instanceof Patch.Apply
                && store.find(type, path.namespace(), path.name()).isEmpty();
        return new Answer.Body(created ? 201 : 200, store.patch(type, path.namespace(), path.name(), patch, options));
    }

    /** {@code kubectl create} sends Protobuf where it knows the kind; {@code kubectl apply} never does. */
    private static ObjectNode body(Request request) {
        String contentType = contentType(request);
        if (contentType.equals("application/vnd.kubernetes.protobuf")) {
            throw unsupported(contentType + "; the sandbox takes JSON, which kubectl apply sends");
        }
        return Json.parseObject(request.body());
    }

    private static boolean isApply(Request request) {
        return request.method().equals("PATCH") && contentType(request).equals("application/apply-patch+yaml");
    }

    private static String contentType(Request request) {
        return request.header("content-type").replaceFirst(";.*", "").strip();
    }

    private static ApiRefusal unsupported(String contentType) {
        return ApiRefusal.of(
                415, "UnsupportedMediaType", "the body of the request was in an unknown format: " + contentType);
    }

    private Answer delete(Request request, ApiPath path, ResourceType type) {
        var last = store.delete(type, path.namespace(), path.name(), deletion(request));
        boolean waiting = last.path("metadata").has("deletionTimestamp")
                && store.find(type, path.namespace(), path.name()).isPresent();
        if (waiting || type.equals(Types.POD)) {
            return Answer.ok(last);
        }
        var status = success();
        status.putObject("details")
                .put("name", path.name())
                .put("kind", type.plural())
                .put("uid", Json.text(last, "metadata", "uid"));
        return Answer.ok(status);
    }

    private static tools.jackson.databind.node.ObjectNode success() {
        var status = Json.object().put("kind", "Status").put("apiVersion", "v1");
        status.putObject("metadata");
        return status.put("status", "Success");
    }

    private static Deletion deletion(Request request) {
        JsonNode body = request.body().length == 0 ? Json.object() : Json.parse(request.body());
        String policy = Json.text(body, "propagationPolicy");
        if (policy.isEmpty()) {
            policy = request.parameter("propagationPolicy");
        }
        Deletion.Propagation propagation = switch (policy) {
            case "Orphan" -> Deletion.Propagation.ORPHAN;
            case "Foreground" -> Deletion.Propagation.FOREGROUND;
            default -> Deletion.Propagation.BACKGROUND;
        };
        boolean dryRun = request.parameter("dryRun").equals("All")
                || body.path("dryRun")
                        .valueStream()
                        .anyMatch(stage -> stage.asString("").equals("All"));
        return new Deletion(
                Json.text(body, "preconditions", "uid"),
                Json.text(body, "preconditions", "resourceVersion"),
                propagation,
                dryRun);
    }
}
