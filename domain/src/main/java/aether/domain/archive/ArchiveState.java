package aether.domain.archive;

import java.time.Instant;
import java.util.UUID;

/**
 * What an archive said last, so that a repeat is known as one.
 *
 * @param probedAt the time of the newest verdict
 * @param heartbeatSize the size of the newest heartbeat, -1 before the first
 * @param hour the newest hour that was reconciled
 * @param finding what that found
 * @param verificationId the newest verification; all zeros before the first
 * @param keyNumber the number of the newest key, 0 before the first change
 * @param dissent which witnesses refuse
 */
public record ArchiveState(
        Instant probedAt,
        long heartbeatSize,
        Instant hour,
        Comparison.Finding finding,
        UUID verificationId,
        int keyNumber,
        WitnessDissent dissent) {

    /** Before the first event. */
    public static final ArchiveState ABSENT = new ArchiveState(
            Instant.MIN, -1, Instant.MIN, Comparison.Finding.AGREES, new UUID(0, 0), 0, WitnessDissent.NONE);

    /** The state after an event. */
    public ArchiveState apply(ArchiveEvent event) {
        return switch (event) {
            case ArchiveEvent.StoreProbed probed ->
                new ArchiveState(probed.probedAt(), heartbeatSize, hour, finding, verificationId, keyNumber, dissent);
            case ArchiveEvent.HeartbeatRecorded beat ->
                new ArchiveState(probedAt, beat.size(), hour, finding, verificationId, keyNumber, dissent);
            case ArchiveEvent.LogReconciled reconciled ->
                new ArchiveState(
                        probedAt,
                        heartbeatSize,
                        reconciled.hour(),
                        reconciled.finding(),
                        verificationId,
                        keyNumber,
                        dissent);
            case ArchiveEvent.LogKeyChanged changed ->
                new ArchiveState(
                        probedAt,
                        heartbeatSize,
                        hour,
                        finding,
                        verificationId,
                        changed.change().number(),
                        dissent);
            case ArchiveEvent.ArchiveVerified verified ->
                new ArchiveState(probedAt, heartbeatSize, hour, finding, verified.verificationId(), keyNumber, dissent);
            case ArchiveEvent.WitnessRefused refused ->
                with(dissent.with(refused.witness(), refused.refusal().cause()));
            case ArchiveEvent.WitnessAgreed agreed -> with(dissent.without(agreed.witness()));
        };
    }

    private ArchiveState with(WitnessDissent now) {
        return new ArchiveState(probedAt, heartbeatSize, hour, finding, verificationId, keyNumber, now);
    }
}
