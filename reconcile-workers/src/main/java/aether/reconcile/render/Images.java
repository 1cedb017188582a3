package aether.reconcile.render;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/**
 * Where a site's images come from, and which bytes they are.
 *
 * @param registry prefix of every image, with its slash; empty for the container runtime's own default
 * @param digests the digest of an image by {@code name:tag}, without the registry
 * @param required whether nothing runs here but what a digest names
 */
public record Images(String registry, Map<String, String> digests, boolean required) {

    private static final Pattern REGISTRY =
            Pattern.compile("([a-z0-9]([a-z0-9.-]*[a-z0-9])?(:[0-9]{1,5})?/([a-z0-9._-]+/)*)?");
    private static final Pattern NAME = Pattern.compile("[a-z0-9._/-]+:[A-Za-z0-9._-]{1,128}");
    private static final Pattern DIGEST = Pattern.compile("sha256:[0-9a-f]{64}");

    /** The container runtime's own default, by tag. */
    public static final Images DEFAULT = new Images("", Map.of(), false);

    public Images {
        if (!REGISTRY.matcher(registry).matches()) {
            throw new IllegalArgumentException(
                    "Expected a registry with a slash at its end, as registry.example/kubernetes/, but got '" + registry
                            + "'.");
        }
        digests.forEach((name, digest) -> {
            if (!NAME.matcher(name).matches() || !DIGEST.matcher(digest).matches()) {
                throw new IllegalArgumentException(
                        "Expected an image as name:tag and its digest as sha256: and 64 hex digits, but got '" + name
                                + "' and '" + digest + "'.");
            }
        });
        digests = Map.copyOf(digests);
    }

    /**
     * The digests of a table: an image and its digest on each line, with space between; {@code #} begins a remark.
     *
     * @throws IllegalArgumentException when a line is of another form, or an image has two digests
     */
    public static Map<String, String> table(List<String> lines) {
        Map<String, String> digests = new TreeMap<>();
        for (int number = 1; number <= lines.size(); number++) {
            String line = lines.get(number - 1).replaceFirst("#.*", "").strip();
            if (line.isEmpty()) {
                continue;
            }
            String[] words = line.split("\\s+", -1);
            if (words.length != 2) {
                throw new IllegalArgumentException(
                        "Expected an image and its digest, but line " + number + " has " + words.length + " words.");
            }
            String before = digests.put(words[0], words[1]);
            if (before != null && !before.equals(words[1])) {
                throw new IllegalArgumentException(
                        "Expected one digest of " + words[0] + ", but line " + number + " gives it another.");
            }
        }
        return digests;
    }

    /** What a container runtime is told: with the digest where it is known, and the tag for people. */
    public String image(String name, String tag) {
        String whole = name + ":" + tag;
        String digest = digests.get(whole);
        return registry + whole + (digest == null ? "" : "@" + digest);
    }

    /** Why these may not be applied: what they run is no fixed bytes here, and who has to see to it. */
    public Optional<String> refusal(List<Rendered> objects) {
        if (!required) {
            return Optional.empty();
        }
        TreeSet<String> without = new TreeSet<>();
        objects.forEach(object -> {
            List<JsonNode> found = new ArrayList<>(object.json().findValues("image"));
            found.stream()
                    .map(image -> image.asString(""))
                    .filter(image -> !image.contains("@"))
                    .forEach(without::add);
        });
        return sentence(without);
    }

    /** The same for one image. */
    public Optional<String> refusal(String name, String tag) {
        String image = image(name, tag);
        return sentence(!required || image.contains("@") ? List.of() : List.of(image));
    }

    private static Optional<String> sentence(Collection<String> without) {
        return without.isEmpty()
                ? Optional.empty()
                : Optional.of("Expected a digest of every image (aether.workers.images.by-digest is required), but"
                        + " aether.workers.images.digests has none of " + String.join(", ", without)
                        + "; whoever runs this site has to add it, the customer need not do anything");
    }
}
