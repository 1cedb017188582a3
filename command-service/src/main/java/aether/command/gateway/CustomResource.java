package aether.command.gateway;

import aether.command.admission.Stamp;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * A custom resource as it was read; trees are as JSON has them, and may hold anything.
 *
 * @param version the resource version, which a write has to meet
 * @param generation raised by the server with every change of the spec
 * @param leaving whether somebody asked for its end
 */
record CustomResource(
        ResourceKey key,
        String uid,
        String version,
        long generation,
        Instant created,
        boolean leaving,
        List<String> finalizers,
        Map<String, String> annotations,
        Map<String, Object> spec,
        Map<String, Object> status) {

    /** Keeps the resource until what it asked for is gone. */
    static final String FINALIZER = "aetherplatform.cloud/gateway";

    /** Has to hold the resource's name before a cluster is deleted. */
    static final String CONFIRM = "aetherplatform.cloud/confirm-deletion";

    /** While it says "true", the spec is not carried out. */
    static final String PAUSED = "aetherplatform.cloud/paused";

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
            .build();

    boolean isHeld() {
        return finalizers.contains(FINALIZER);
    }

    boolean isPaused() {
        return "true".equals(annotations.get(PAUSED));
    }

    boolean isDeletionConfirmed() {
        return key.name().equals(annotations.get(CONFIRM));
    }

    /** Who asked for what it says, as the webhook wrote it down; empty when nobody can say. */
    Optional<String> requester() {
        return Stamp.requester(annotations, spec);
    }

    /** A text of the spec, empty when there is none. */
    String text(String field) {
        return Objects.toString(spec.get(field), "");
    }

    /** Whether its status says this already, whatever kinds of numbers either was read as. */
    boolean shows(Map<String, Object> wanted) {
        return JSON.writeValueAsString(status).equals(JSON.writeValueAsString(wanted));
    }

    /** A text that an earlier round wrote into the status. */
    Optional<String> recorded(String field) {
        return Optional.ofNullable(status.get(field)).map(Object::toString);
    }
}
