package aether.archive.read;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** For how long an archive had to keep its entries, by the policies that lie in it, and since when, by its seals. */
public final class KeptFor {

    /** Where the policies lie, numbered. */
    public static final String POLICIES = "retention/";

    /**
     * So much longer than needed is locked what the rest rests on, so that its locks are renewed once in a while only.
     */
    public static final Duration MARGIN = Duration.ofDays(30);

    /** An archive without a policy is of a time when all was kept for at least seven years. */
    private static final Duration SEVEN_YEARS = Duration.ofDays(7 * 365 + 2);

    private static final String SEALS = "seals/";
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final ArchiveReader archive;
    private final List<String> seals;
    private final Duration shortest;
    private final Duration longest;
    private @Nullable String known; // the seal that was read last
    private Instant knownTime = Instant.MIN;

    /**
     * Reads the policies.
     *
     * @throws IllegalStateException when one is unreadable
     */
    public KeptFor(ArchiveReader archive) throws IOException {
        this.archive = archive;
        this.seals = archive.children(SEALS);
        List<Duration> all = new ArrayList<>();
        for (String policy : archive.children(POLICIES)) {
            all.addAll(read(policy, archive.read(policy).orElse(new byte[0])));
        }
        this.shortest = all.stream().min(Duration::compareTo).orElse(SEVEN_YEARS);
        this.longest = all.stream().max(Duration::compareTo).orElse(SEVEN_YEARS);
    }

    private static List<Duration> read(String object, byte[] bytes) {
        try {
            JsonNode policy = JSON.readTree(bytes);
            List<Duration> kept = new ArrayList<>();
            kept.add(Duration.parse(policy.required("standard").asString()));
            policy.required("classes")
                    .forEach(each ->
                            kept.add(Duration.parse(each.required("keep").asString())));
            return kept;
        } catch (JacksonException | DateTimeException e) {
            throw new IllegalStateException("The policy " + object + " is unreadable. " + e.getMessage(), e);
        }
    }

    /** The shortest that anything was ever to be kept: nothing may go sooner. */
    public Duration shortest() {
        return shortest;
    }

    /** Until when an entry has to be kept at the least. */
    public Instant until(Instant sealedAt) {
        return sealedAt.plus(shortest);
    }

    /** Until when what proves things has to be kept. */
    public Instant longestFrom(Instant now) {
        return now.plus(longest);
    }

    /** When the first so many entries were sealed, all of them; empty when they are not. */
    public Optional<Instant> sealedAt(long size) throws IOException {
        String wanted = String.format(java.util.Locale.ROOT, SEALS + "%020d.json", size);
        int at = java.util.Collections.binarySearch(seals, wanted);
        int first = at < 0 ? -at - 1 : at;
        if (first >= seals.size()) {
            return Optional.empty();
        }
        String seal = seals.get(first);
        if (!seal.equals(known)) {
            byte[] bytes = archive.read(seal).orElse(new byte[0]);
            try {
                knownTime = Instant.parse(JSON.readTree(new String(bytes, StandardCharsets.UTF_8))
                        .path("time")
                        .asString(""));
            } catch (JacksonException | DateTimeException e) {
                return Optional.empty(); // verify says what is wrong with it
            }
            known = seal;
        }
        return Optional.of(knownTime);
    }
}
