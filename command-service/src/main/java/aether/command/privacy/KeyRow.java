package aether.command.privacy;

import java.time.Instant;
import java.util.UUID;

/**
 * One subject's key as the store keeps it.
 *
 * @param generation the generation of the master key that wrapped it
 * @param lookup the keyed hash of the name
 * @param wrapped the secret under the master key
 * @param principal who it is, under the subject's own key
 * @param usedAt when it was last needed, to the day
 */
@SuppressWarnings("ArrayRecordComponent") // a row's bytes; never compared by equals
record KeyRow(
        UUID subject,
        int number,
        int generation,
        byte[] lookup,
        String pseudonym,
        byte[] wrapped,
        byte[] principal,
        Instant createdAt,
        Instant usedAt) {

    String keyId() {
        return SubjectKey.keyId(subject, number);
    }
}
