package aether.archive.verify;

import aether.archive.log.Checkpoint;
import aether.archive.log.Hash;
import aether.archive.log.VerifierKey;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The seals: each names the one before it, time never runs backwards, and each has its signed checkpoint. */
final class SealCheck {

    private static final String SEALS = "seals/";
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final ArchiveReader archive;
    private final SignatureCheck signatures;
    private final VerifierKey key;
    private final Findings findings;
    private final Deque<String> checkpoints;

    SealCheck(ArchiveReader archive, SignatureCheck signatures, VerifierKey key, Findings findings) throws IOException {
        this.archive = archive;
        this.signatures = signatures;
        this.key = key;
        this.findings = findings;
        this.checkpoints = new ArrayDeque<>(archive.children("checkpoints/"));
    }

    /** The sealed checkpoints of exactly this size; sizes are asked for in rising order. */
    List<Checkpoint> promisedAt(long size) {
        if (checkpoints.isEmpty() || sizeOf(checkpoints.getFirst()) > size) {
            return List.of();
        }
        String object = checkpoints.removeFirst();
        try {
            Optional<Checkpoint> checkpoint = signatures.checkpoint(object, key);
            if (checkpoint.isPresent() && checkpoint.get().size() != size) {
                findings.wrong("Expected " + object + " to be of size " + size + ", but it is of "
                        + checkpoint.get().size() + ".");
                return List.of();
            }
            return checkpoint.stream().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void checkChain() throws IOException {
        Hash previous = Hash.of(new byte[Hash.BYTES]);
        Instant last = Instant.MIN;
        for (String object : archive.children(SEALS)) {
            byte[] bytes = archive.read(object).orElseThrow();
            try {
                JsonNode seal = JSON.readTree(bytes);
                if (!Hash.fromBase64(seal.path("previous").asString()).equals(previous)) {
                    findings.wrong("Expected " + object + " to name the seal before it, " + previous + ", but it names "
                            + seal.path("previous") + ": a seal between them is missing or was changed.");
                }
                Instant time = Instant.parse(seal.path("time").asString());
                if (time.isBefore(last)) {
                    findings.wrong("Expected " + object + " not to be before " + last + ", but it is of " + time + ".");
                }
                requireCheckpoint(object, seal);
                last = time;
            } catch (JacksonException | IllegalArgumentException | DateTimeException e) {
                findings.wrong("The seal " + object + " is unreadable. " + e.getMessage());
            }
            previous = Hash.sha256(bytes);
        }
    }

    private void requireCheckpoint(String object, JsonNode seal) throws IOException {
        long size = seal.path("size").asLong();
        if (size != sizeOf(object.replace(".json", ""))) {
            findings.wrong("Expected " + object + " to be of its size, but it is of " + size + ".");
        }
        String name = "checkpoints/" + object.substring(SEALS.length()).replace(".json", "");
        Optional<Checkpoint> checkpoint = signatures.checkpoint(name, key);
        if (checkpoint.isPresent()
                && !checkpoint.get().root().base64().equals(seal.path("root").asString())) {
            findings.wrong("Expected " + object + " to have the root of its checkpoint, but it has another one.");
        }
    }

    private static long sizeOf(String object) {
        return Long.parseLong(object.substring(object.lastIndexOf('/') + 1));
    }
}
