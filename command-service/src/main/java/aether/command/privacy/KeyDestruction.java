package aether.command.privacy;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * Ends keys. Each step may be the last before a crash: the intent is noted before the log decides, and what was begun
 * is found by the next start. Every method may say that the store is away ({@code LogUnavailable}).
 */
public interface KeyDestruction {

    /** Notes that the subject is about to be forgotten. */
    void intend(UUID subject);

    /** Takes the note back: the log decided against it. */
    void withdraw(UUID subject);

    /** What was noted and is not done, whoever noted it. */
    List<Intent> intents();

    /**
     * Destroys the subject's key, and with it the generation of the master key that wraps it, so that no older copy of
     * the row can be opened; doing it again changes nothing.
     *
     * @throws IllegalStateException when the subject never had a key
     */
    Destroyed destroy(UUID subject);

    /** What is destroyed without the log saying so yet. */
    List<Destroyed> unrecorded();

    /** Notes that the log says so. */
    void recorded(Destroyed destroyed);

    /** An intent. */
    record Intent(UUID subject, Instant since) {}

    /**
     * A key that is gone.
     *
     * @param generation the generation of the master key that had wrapped it
     */
    record Destroyed(UUID subject, int number, Instant at, int generation) {

        /** The key's id. */
        public String keyId() {
            return SubjectKey.keyId(subject, number);
        }
    }
}
