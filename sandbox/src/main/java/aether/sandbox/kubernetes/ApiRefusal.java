package aether.sandbox.kubernetes;

import aether.sandbox.journal.Json;
import tools.jackson.databind.node.ObjectNode;

/** A request that the API refuses, with the code, reason and sentence a Kubernetes client expects. */
public final class ApiRefusal extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final int code;
    private final String reason;
    private final transient ObjectNode details;

    private ApiRefusal(int code, String reason, String message, ObjectNode details) {
        super(message);
        this.code = code;
        this.reason = reason;
        this.details = details;
    }

    static ApiRefusal of(int code, String reason, String message) {
        return new ApiRefusal(code, reason, message, Json.object());
    }

    static ApiRefusal notFound(ObjectKey key) {
        return about(404, "NotFound", key, "not found");
    }

    static ApiRefusal alreadyExists(ObjectKey key) {
        return about(409, "AlreadyExists", key, "already exists");
    }

    static ApiRefusal changedMeanwhile(ObjectKey key) {
        return conflict(
                key,
                "Operation cannot be fulfilled on %s \"%s\": the object has been modified; please apply your changes to the latest version and try again"
                        .formatted(key.type(), key.name()));
    }

    static ApiRefusal conflict(ObjectKey key, String message) {
        return new ApiRefusal(409, "Conflict", message, detailsOf(key));
    }

    static ApiRefusal fieldConflicts(ObjectKey key, String message, Iterable<String> fields, String manager) {
        ObjectNode details = detailsOf(key);
        for (String field : fields) {
            details.withArray("causes")
                    .addObject()
                    .put("reason", "FieldManagerConflict")
                    .put("message", "conflict with \"" + manager + "\"")
                    .put("field", field);
        }
        return new ApiRefusal(409, "Conflict", message, details);
    }

    static ApiRefusal invalid(ObjectKey key, String field, String message) {
        ObjectNode details = detailsOf(key);
        details.withArray("causes")
                .addObject()
                .put("reason", "FieldValueInvalid")
                .put("message", message)
                .put("field", field);
        return new ApiRefusal(
                422,
                "Invalid",
                "%s \"%s\" is invalid: %s: %s".formatted(key.type(), key.name(), field, message),
                details);
    }

    static ApiRefusal badRequest(String message) {
        return of(400, "BadRequest", message);
    }

    static ApiRefusal forbidden(String message) {
        return of(403, "Forbidden", message);
    }

    static ApiRefusal tooOld(String message) {
        return of(410, "Expired", message);
    }

    private static ApiRefusal about(int code, String reason, ObjectKey key, String what) {
        return new ApiRefusal(code, reason, "%s \"%s\" %s".formatted(key.type(), key.name(), what), detailsOf(key));
    }

    private static ObjectNode detailsOf(ObjectKey key) {
        int dot = key.type().indexOf('.');
        ObjectNode details = Json.object().put("name", key.name());
        details.put("kind", dot < 0 ? key.type() : key.type().substring(0, dot));
        return dot < 0 ? details : details.put("group", key.type().substring(dot + 1));
    }

    /** The HTTP status. */
    public int code() {
        return code;
    }

    /** The word that machines compare. */
    public String reason() {
        return reason;
    }

    /** The Kubernetes Status object. */
    public ObjectNode body() {
        ObjectNode status = Json.object().put("kind", "Status").put("apiVersion", "v1");
        status.putObject("metadata");
        status.put("status", "Failure").put("message", getMessage()).put("reason", reason);
        if (!details.isEmpty()) {
            status.set("details", details);
        }
        return status.put("code", code);
    }
}
