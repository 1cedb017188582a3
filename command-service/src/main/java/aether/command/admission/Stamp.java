package aether.command.admission;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * Who asked for what a custom resource says. The stamp names what it is about, so that a change past the webhook (the
 * scale subresource, another webhook) makes it void instead of somebody else's.
 *
 * @param user the name under which the management cluster's API server knows them
 * @param about a hash of everything in the resource that leads to commands
 */
public record Stamp(String user, String about) {

    /** The annotation; whatever a client writes there is replaced. */
    public static final String ANNOTATION = "aetherplatform.cloud/requested-by";

    /** Annotations with the same prefix lead to commands as the spec does. */
    private static final String OURS = "aetherplatform.cloud/";

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
            .build();

    private static final char SEPARATOR = ' ';

    /** The stamp of somebody on a resource. */
    static Stamp by(String user, Map<String, String> annotations, Map<String, Object> spec) {
        return new Stamp(user, digest(annotations, spec));
    }

    /** Who asked for exactly this; empty when nobody can say. */
    public static Optional<String> requester(Map<String, String> annotations, Map<String, Object> spec) {
        @Nullable String text = annotations.get(ANNOTATION);
        int gap = text == null ? -1 : text.indexOf(SEPARATOR);
        if (text == null || gap < 0 || gap == text.length() - 1) {
            return Optional.empty();
        }
        return text.substring(0, gap).equals(digest(annotations, spec))
                ? Optional.of(text.substring(gap + 1))
                : Optional.empty();
    }

    /** The annotation's value: the hash first, because a user's name may hold anything. */
    String text() {
        return about + SEPARATOR + user;
    }

    static String digest(Map<String, String> annotations, Map<String, Object> spec) {
        Map<String, String> ours = new TreeMap<>(annotations);
        ours.keySet().removeIf(name -> !name.startsWith(OURS) || name.equals(ANNOTATION));
        Map<String, Object> whole = new LinkedHashMap<>();
        whole.put("annotations", ours);
        whole.put("spec", spec);
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256")
                    .digest(JSON.writeValueAsString(whole).getBytes(StandardCharsets.UTF_8));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Expected SHA-256, which every Java platform has, but it is missing.", e);
        }
    }
}
