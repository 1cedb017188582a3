package aether.domain.archive;

import aether.domain.kernel.DomainEvent;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** What has happened to an archive. */
public sealed interface ArchiveEvent extends DomainEvent {

    /** The name of the archive's log (its origin). */
    String archive();

    @Override
    default String stream() {
        return ArchiveCommand.stream(archive());
    }

    /**
     * The archiver tried to take away what the store had locked.
     *
     * @param store the store, for a person
     * @param probedAt when it was tried
     * @param compliant whether the store held against all of it
     * @param attempts in the order in which they were made
     */
    record StoreProbed(String archive, String store, Instant probedAt, boolean compliant, List<ProbeAttempt> attempts)
            implements ArchiveEvent {
        public StoreProbed {
            attempts = List.copyOf(attempts);
        }
    }

    /**
     * Nothing else was recorded for some time, and the archiver lives.
     *
     * @param size how many entries the archive has
     * @param silentSeconds for how long nothing had come
     */
    record HeartbeatRecorded(String archive, long size, long silentSeconds) implements ArchiveEvent {}

    /**
     * The event log was compared with what is sealed.
     *
     * @param hour the hour for which it was done, its first instant
     */
    record LogReconciled(String archive, Instant hour, Comparison comparison, Comparison.Finding finding)
            implements ArchiveEvent {}

    /**
     * The log is signed with another key from here on; the statement of both keys lies in the archive.
     *
     * @param reference the number of a case; empty for none
     */
    record LogKeyChanged(String archive, KeyChange change, KeyChangeReason reason, String reference)
            implements ArchiveEvent {}

    /** A witness would not cosign a sealed checkpoint; told once for each cause until it signs again. */
    record WitnessRefused(String archive, WitnessKey witness, WitnessRefusal refusal) implements ArchiveEvent {}

    /**
     * A witness that had refused cosigns again.
     *
     * @param size the size of the checkpoint that it has cosigned
     * @param root its root
     * @param at when, by the witness's clock
     */
    record WitnessAgreed(String archive, WitnessKey witness, long size, String root, Instant at)
            implements ArchiveEvent {}

    /**
     * Somebody verified the archive.
     *
     * @param verificationId the id of the run
     * @param level how deep, 1 to 5
     * @param intact the verdict
     * @param findings how many things were wrong
     * @param logSize the size of the log that was verified
     * @param logRoot the root over it
     * @param reference the number of a case; empty for none
     */
    record ArchiveVerified(
            String archive,
            UUID verificationId,
            int level,
            boolean intact,
            long findings,
            long logSize,
            String logRoot,
            AccessReason reason,
            String reference)
            implements ArchiveEvent {}
}
