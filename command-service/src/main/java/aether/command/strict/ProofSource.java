package aether.command.strict;

import java.time.Duration;
import java.util.Optional;

/** Whoever seals the log, and can prove what is sealed. */
public interface ProofSource {

    /**
     * The proof (C2SP tlog-proof, without the entry) that the event at this position is sealed. Asking makes the sealer
     * hurry.
     *
     * @param limit how long to wait for it
     * @return empty when it is not sealed by then, or nobody answers
     */
    Optional<String> await(long position, Duration limit);
}
