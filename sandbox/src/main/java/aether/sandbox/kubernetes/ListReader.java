package aether.sandbox.kubernetes;

import aether.sandbox.http.Answer;
import aether.sandbox.http.Request;
import aether.sandbox.journal.Json;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Lists, in pages if asked, and watches as a stream of lines. */
final class ListReader {
    /** As long as a real API server keeps a watch at least. */
    private static final Duration WATCH_MAX = Duration.ofMinutes(30);
    /** Often enough to notice a client that has gone. */
    private static final Duration BOOKMARK_EVERY = Duration.ofSeconds(10);

    private static final String METADATA = "metadata";
    private final KubernetesStore store;

    ListReader(KubernetesStore store) {
        this.store = store;
    }

    ObjectNode list(Request request, ResourceType type, String namespace) {
        KubernetesStore.Listing found = store.list(type, namespace, selection(request));
        ObjectNode list = Json.object().put("kind", type.kind() + "List").put("apiVersion", type.apiVersion());
        ObjectNode metadata = list.putObject(METADATA).put("resourceVersion", Long.toString(found.version()));
        ArrayNode items = list.putArray("items");
        List<ObjectNode> rest = after(request.parameter("continue"), found.items());
        long limit = number(request.parameter("limit")).orElse(0);
        boolean cut = limit > 0 && rest.size() > limit;
        items.addAll(cut ? rest.subList(0, (int) limit) : rest);
        if (cut) {
            metadata.put("continue", token(rest.get((int) limit - 1))).put("remainingItemCount", rest.size() - limit);
        }
        return list;
    }

    private static Selection selection(Request request) {
        return Selection.of(request.parameter("labelSelector"), request.parameter("fieldSelector"));
    }

    private static String position(ObjectNode object) {
        return Json.text(object, METADATA, "namespace") + "\0" + Json.text(object, METADATA, "name");
    }

    private static String token(ObjectNode last) {
        return Base64.getUrlEncoder().encodeToString(position(last).getBytes(StandardCharsets.UTF_8));
    }

    private static List<ObjectNode> after(String token, List<ObjectNode> items) {
        if (token.isEmpty()) {
            return items;
        }
        String last = new String(Base64.getUrlDecoder().decode(token), StandardCharsets.UTF_8);
        return items.stream()
                .filter(object -> position(object).compareTo(last) > 0)
                .toList();
    }

    private static OptionalLong number(String text) {
        if (text.isEmpty()) {
            return OptionalLong.empty();
        }
        if (!text.matches("[0-9]{1,18}")) {
            throw ApiRefusal.badRequest("Expected a number, but got " + text);
        }
        return OptionalLong.of(Long.parseLong(text));
    }

    Answer watch(Request request, ResourceType type, String namespace) {
        if (request.header("upgrade").equalsIgnoreCase("websocket")) {
            // Clients that try a web socket first fall back to plain HTTP on this status.
            return ApiDoor.refuse(503, "ServiceUnavailable", "the sandbox serves watches over plain HTTP only");
        }
        OptionalLong from = number(request.parameter("resourceVersion"));
        if ((from.isPresent() && from.getAsLong() == 0) || request.flag("sendInitialEvents")) {
            from = OptionalLong.empty();
        }
        boolean bookmarks = request.flag("allowWatchBookmarks");
        boolean initialEnd = request.flag("sendInitialEvents");
        Duration longest = number(request.parameter("timeoutSeconds")).stream()
                .mapToObj(Duration::ofSeconds)
                .findFirst()
                .filter(time -> time.compareTo(WATCH_MAX) < 0)
                .orElse(WATCH_MAX);
        Watch watch;
        long version;
        try {
            version = store.version();
            watch = store.watch(type, namespace, selection(request), from);
        } catch (ApiRefusal tooOld) {
            ObjectNode event = Json.object().put("type", "ERROR");
            event.set("object", tooOld.body());
            return new Answer.Stream("application/json", out -> writeLine(out, event));
        }
        return new Answer.Stream("application/json", out -> {
            try (watch) {
                out.flush();
                if (initialEnd) {
                    drain(watch, out);
                    writeLine(out, bookmark(type, version, true));
                }
                follow(watch, out, type, longest, bookmarks);
            }
        });
    }

    private static void drain(Watch watch, OutputStream out) throws IOException, InterruptedException {
        Optional<Change> change = watch.next(0, TimeUnit.MILLISECONDS);
        while (change.isPresent()) {
            writeLine(out, event(change.get()));
            change = watch.next(0, TimeUnit.MILLISECONDS);
        }
    }

    private void follow(Watch watch, OutputStream out, ResourceType type, Duration longest, boolean bookmarks)
            throws IOException, InterruptedException {
        long end = System.nanoTime() + longest.toNanos();
        while (!watch.isClosed() && System.nanoTime() < end) {
            long wait = Math.min(BOOKMARK_EVERY.toNanos(), end - System.nanoTime());
            long before = store.version();
            Optional<Change> change = watch.next(wait, TimeUnit.NANOSECONDS);
            if (change.isPresent()) {
                writeLine(out, event(change.get()));
            } else if (bookmarks) {
                writeLine(out, bookmark(type, before, false));
            }
        }
    }

    private static ObjectNode event(Change change) {
        ObjectNode event = Json.object().put("type", change.kind().name());
        ObjectNode object = change.object();
        if (!Json.text(object, METADATA, "resourceVersion").equals(Long.toString(change.version()))) {
            object = object.deepCopy(); // it left the selection: the event carries the version of that change
            Json.child(object, METADATA).put("resourceVersion", Long.toString(change.version()));
        }
        event.set("object", object);
        return event;
    }

    private static ObjectNode bookmark(ResourceType type, long version, boolean initialEnd) {
        ObjectNode event = Json.object().put("type", "BOOKMARK");
        ObjectNode object = event.putObject("object").put("kind", type.kind()).put("apiVersion", type.apiVersion());
        ObjectNode metadata = object.putObject(METADATA).put("resourceVersion", Long.toString(version));
        if (initialEnd) {
            metadata.putObject("annotations").put("k8s.io/initial-events-end", "true");
        }
        return event;
    }

    private static void writeLine(OutputStream out, ObjectNode event) throws IOException {
        out.write(Json.bytes(event));
        out.write('\n');
        out.flush();
    }
}
