package aether.archive.seal;

import static java.nio.charset.StandardCharsets.UTF_8;

import aether.archive.keys.EpochBase;
import aether.archive.log.HybridSigner;
import aether.archive.log.Signer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * The key of a new epoch while it waits in a file beside the log's, with all that the base is made of: the intent.
 * Whoever opens the log next begins the epoch.
 */
public final class EpochKey {

    private static final int LINES = 5;

    private EpochKey() {}

    /** Where it waits. */
    public static Path file(Path key) {
        return key.resolveSibling(key.getFileName() + ".epoch");
    }

    /**
     * Makes a key, in memory only.
     *
     * @param origin the new epoch's name
     * @return the private key as text
     */
    public static String generate(String origin, RandomGenerator random) {
        return FileKey.generate(origin, random);
    }

    /** What a private key and the rest come to. */
    public static NextEpoch of(String privateKey, Instant at, String reason, String reference, String evidence) {
        return new NextEpoch(HybridSigner.parse(privateKey), at, reason, reference, evidence);
    }

    /** Keeps it, for its owner only. */
    public static void keep(Path key, String privateKey, NextEpoch next) throws IOException {
        String evidence = Base64.getEncoder().encodeToString(next.evidence().getBytes(UTF_8));
        FileKey.write(
                file(key),
                String.join(
                        "\n",
                        privateKey,
                        "at " + next.at(),
                        "reason " + next.reason(),
                        "reference " + next.reference(),
                        "evidence " + evidence,
                        ""));
    }

    /**
     * The epoch that waits to begin; empty when none does.
     *
     * @param log the log's first name
     * @throws IllegalStateException when the file holds something else
     */
    public static Optional<NextEpoch> waiting(Path key, String log) throws IOException {
        Path file = file(key);
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        FileKey.requireOwnerOnly(file);
        List<String> lines = Files.readString(file).lines().toList();
        try {
            if (lines.size() != LINES) {
                throw new IllegalArgumentException("It has " + lines.size() + " lines.");
            }
            Signer signer = HybridSigner.parse(lines.getFirst());
            if (!EpochBase.isOriginOf(log, signer.verifierKey().name())) {
                throw new IllegalArgumentException(
                        "It is of " + signer.verifierKey().name() + ".");
            }
            return Optional.of(new NextEpoch(
                    signer,
                    Instant.parse(rest(lines.get(1), "at ")),
                    rest(lines.get(2), "reason "),
                    rest(lines.get(3), "reference "),
                    new String(Base64.getDecoder().decode(rest(lines.get(4), "evidence ")), UTF_8)));
        } catch (IllegalArgumentException | DateTimeException e) {
            throw new IllegalStateException(
                    "Expected a private key of " + log + " and the lines 'at', 'reason', 'reference' and 'evidence' in "
                            + file + ", but it holds something else. " + e.getMessage(),
                    e);
        }
    }

    private static String rest(String line, String word) {
        if (!line.startsWith(word)) {
            throw new IllegalArgumentException("A line '" + word.strip() + "' is missing.");
        }
        return line.substring(word.length());
    }

    /** Puts the new key in the log's place; the old one, if it is there, is gone then and never signs again. */
    public static void take(Path key) throws IOException {
        Path waiting = file(key);
        if (Files.exists(waiting)) {
            FileKey.write(key, Files.readAllLines(waiting).getFirst() + "\n");
            Files.deleteIfExists(FileKey.next(key)); // a change of the old key that was never made
            // If we die here, the same key is in both files, and the next start comes by here again.
            Files.delete(waiting);
        }
    }
}
