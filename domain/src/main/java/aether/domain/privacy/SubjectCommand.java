package aether.domain.privacy;

import aether.domain.kernel.Command;
import java.time.Instant;

/** What may be asked about a data subject. */
public sealed interface SubjectCommand extends Command {

    /** The subject. */
    SubjectId subjectId();

    @Override
    default String stream() {
        return subjectId().stream();
    }

    /**
     * Forbids to forget the subject until the hold is lifted.
     *
     * @param reference the number of a case; see {@link SubjectDecider#isReference}
     */
    record PlaceHold(SubjectId subjectId, String reference, HoldReason reason) implements SubjectCommand {}

    /** Ends a hold. */
    record LiftHold(SubjectId subjectId, String reference) implements SubjectCommand {}

    /**
     * Asks to forget the subject.
     *
     * @param keyId the key that will be destroyed
     * @param now when it is asked
     * @param notBefore until when the law wants the data kept (Art. 17(3)(b) GDPR); the epoch when it does not
     */
    record EraseSubject(SubjectId subjectId, String keyId, ErasureBasis basis, Instant now, Instant notBefore)
            implements SubjectCommand {}

    /**
     * Reports that the key is gone.
     *
     * @param destroyedAt when it was
     * @param generation the generation of the master key that had wrapped it, destroyed with it
     */
    record RecordKeyDestroyed(SubjectId subjectId, String keyId, Instant destroyedAt, int generation)
            implements SubjectCommand {}
}
