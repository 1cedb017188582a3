package aether.archive.policy;

import aether.archive.log.CosignerKey;
import aether.archive.log.SignedNote;
import aether.archive.log.VerifierKey;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Which logs a reader accepts, and whose cosignatures must stand under their checkpoints (C2SP tlog-policy).
 *
 * @param logs the logs; none when the reader knows the log from elsewhere
 * @param witnesses the witnesses in the order of their lines
 * @param quorum which of them are enough
 */
public record WitnessPolicy(List<PolicyLog> logs, List<PolicyWitness> witnesses, Quorum quorum) {

    /** Many times the lines that the specification asks for; whoever sends more wants to keep us busy. */
    private static final int MAX_BYTES = 1 << 18;

    /** Keeps its own lists. */
    public WitnessPolicy {
        logs = List.copyOf(logs);
        witnesses = List.copyOf(witnesses);
    }

    /**
     * Reads a policy from a file.
     *
     * @throws IOException when it cannot be read
     * @throws IllegalArgumentException when it is none, naming the line
     */
    public static WitnessPolicy read(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(MAX_BYTES + 1);
            if (bytes.length > MAX_BYTES) {
                throw new IllegalArgumentException(
                        "Expected a policy of at most " + MAX_BYTES + " bytes in " + file + ", but it is longer.");
            }
            return parse(bytes);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("The policy " + file + " cannot be used. " + e.getMessage(), e);
        }
    }

    /**
     * Reads a policy.
     *
     * @throws IllegalArgumentException when it is none, naming the line
     */
    public static WitnessPolicy parse(byte[] policy) {
        return new PolicyReader().read(policy);
    }

    /** The key that it names for the log of this origin; the first where it names several. */
    public Optional<VerifierKey> log(String origin) {
        return logs.stream()
                .map(PolicyLog::key)
                .filter(key -> key.name().equals(origin))
                .findFirst();
    }

    /** Looks who has cosigned a checkpoint; whether the log has signed it is not asked. */
    public Cosigned judge(SignedNote checkpoint) {
        List<Cosigned.Seen> there = new ArrayList<>();
        List<String> lacking = new ArrayList<>();
        Set<CosignerKey> keys = new HashSet<>();
        for (PolicyWitness witness : witnesses) {
            Optional<Instant> at = witness.key().cosigned(checkpoint);
            if (at.isPresent()) {
                there.add(new Cosigned.Seen(witness.name(), at.get()));
                keys.add(witness.key());
            } else {
                lacking.add(witness.name());
            }
        }
        return new Cosigned(quorum.isMetBy(keys), there, lacking);
    }
}
