package aether.command.exports;

import tools.jackson.databind.JsonNode;

/**
 * An export as the archiver tells of it.
 *
 * @param shown its id, scope, state and what else there is to say; callers of the API see it as it is
 */
public record ArchivedExport(JsonNode shown) {

    /** Whether its file can be fetched. */
    public boolean isReady() {
        return state().equals("ready");
    }

    /** Whether there will be no file. */
    public boolean hasFailed() {
        return state().equals("failed");
    }

    /** The hexadecimal SHA-256 of the file of one that is ready. */
    public String sha256() {
        return shown.path("sha256").asString("");
    }

    /** How many events are in one that is ready. */
    public long events() {
        return Long.parseLong(shown.path("events").asString("0"));
    }

    /** The size of the log that proves one that is ready. */
    public long logSize() {
        return Long.parseLong(shown.path("log_size").asString("0"));
    }

    private String state() {
        return shown.path("state").asString("");
    }
}
