package aether.domain.archive;

import aether.domain.kernel.Command;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** What may be entered about an archive; see {@link ArchiveEvent} for the meaning of the parts. */
public sealed interface ArchiveCommand extends Command {

    /** The name of the archive's log (its origin). */
    String archive();

    @Override
    default String stream() {
        return stream(archive());
    }

    /** The stream of an archive. */
    static String stream(String archive) {
        return "archive-" + archive;
    }

    /** What the archiver may say of its own accord. */
    sealed interface Report extends ArchiveCommand {}

    /** Enters the verdict on the archive's store. */
    record RecordProbe(String archive, String store, Instant probedAt, boolean compliant, List<ProbeAttempt> attempts)
            implements Report {
        public RecordProbe {
            attempts = List.copyOf(attempts);
        }
    }

    /** Enters a sign of life in a silence. */
    record RecordHeartbeat(String archive, long size, long silentSeconds) implements Report {}

    /** Enters a comparison of event log and archive. */
    record RecordReconciliation(String archive, Instant hour, Comparison comparison, Comparison.Finding finding)
            implements Report {}

    /** Enters that the log's key was changed. */
    record RecordKeyChange(String archive, KeyChange change, KeyChangeReason reason, String reference)
            implements Report {}

    /** Enters that a witness would not cosign. */
    record RecordWitnessRefusal(String archive, WitnessKey witness, WitnessRefusal refusal) implements Report {}

    /** Enters that a witness has cosigned; said after it had refused, it is news. */
    record RecordWitnessAgreement(String archive, WitnessKey witness, long size, String root, Instant at)
            implements Report {}

    /** Enters that somebody verified the archive: a person, or the archiver itself. */
    record RecordVerification(
            String archive,
            UUID verificationId,
            int level,
            boolean intact,
            long findings,
            long logSize,
            String logRoot,
            AccessReason reason,
            String reference)
            implements Report {}
}
