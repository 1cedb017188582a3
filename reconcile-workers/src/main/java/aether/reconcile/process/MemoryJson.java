package aether.reconcile.process;

import aether.domain.process.Progress;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The versioned JSON form of a saga's memory, written by hand so that a renamed class or field changes no bytes. */
final class MemoryJson<S extends Enum<S>, D> {

    /** Raised when the form changes; {@link #read} then keeps reading the older ones. */
    static final int VERSION = 1;

    /** How what a process remembers is written and read. */
    interface DataJson<D> {
        void write(D data, ObjectNode into);

        D read(JsonNode from);
    }

    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    private final Class<S> states;
    private final DataJson<D> data;

    MemoryJson(Class<S> states, DataJson<D> data) {
        this.states = states;
        this.data = data;
    }

    String write(ProcessMemory<S, D> memory) {
        Progress<S, D> progress = memory.progress();
        ObjectNode json = MAPPER.createObjectNode();
        json.put("version", VERSION);
        json.put("last_position", progress.lastPosition());
        json.put("deadline_mark", progress.deadlineMark());
        S state = progress.state();
        if (state != null) {
            json.put("state", state.name());
        }
        D kept = progress.data();
        if (kept != null) {
            data.write(kept, json.putObject("data"));
        }
        if (memory.isStopped()) {
            json.put("stopped", memory.stopped());
        }
        return json.toString();
    }

    /**
     * Reads what {@link #write} wrote.
     *
     * @param text empty for a saga that is new
     * @throws IllegalStateException when the version is newer than this program
     */
    ProcessMemory<S, D> read(String text) {
        if (text.isEmpty()) {
            return ProcessMemory.none();
        }
        JsonNode json = MAPPER.readTree(text);
        int version = json.path("version").asInt(0);
        if (version != VERSION) {
            throw new IllegalStateException(
                    "Expected a saga's memory of version " + VERSION + ", but it has version " + version + ".");
        }
        @Nullable
        S state = json.has("state") ? Enum.valueOf(states, json.path("state").asString()) : null;
        @Nullable D kept = json.has("data") ? data.read(json.path("data")) : null;
        return new ProcessMemory<>(
                new Progress<>(
                        state,
                        kept,
                        json.path("last_position").asLong(),
                        json.path("deadline_mark").asLong()),
                json.path("stopped").asString(""));
    }
}
