package aether.domain.kernel;

import java.nio.charset.StandardCharsets;
import java.util.UUID;

/** Ids that follow from what they name, so that a repeat chooses the same one (RFC 9562 §5.3, version 3). */
public final class NameBasedId {

    private NameBasedId() {}

    /** The id of these parts in this order. */
    public static UUID of(Object... parts) {
        StringBuilder name = new StringBuilder();
        for (Object part : parts) {
            String text = part.toString();
            name.append(text.length()).append(':').append(text).append('|');
        }
        return UUID.nameUUIDFromBytes(name.toString().getBytes(StandardCharsets.UTF_8));
    }
}
