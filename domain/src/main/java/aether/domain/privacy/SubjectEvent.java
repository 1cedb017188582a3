package aether.domain.privacy;

import aether.domain.kernel.DomainEvent;
import java.time.Instant;

/** What has happened to a data subject. Nothing here says who it is. */
public sealed interface SubjectEvent extends DomainEvent {

    /** The subject. */
    SubjectId subjectId();

    @Override
    default String stream() {
        return subjectId().stream();
    }

    /** The subject must not be forgotten for now. */
    record HoldPlaced(SubjectId subjectId, String reference, HoldReason reason) implements SubjectEvent {}

    /** A hold ended. */
    record HoldLifted(SubjectId subjectId, String reference) implements SubjectEvent {}

    /** It is decided, and for good, that the subject is forgotten; the key goes next. */
    record SubjectErased(SubjectId subjectId, String keyId, ErasureBasis basis) implements SubjectEvent {}

    /**
     * The proof of destruction: the key is gone, and so is the generation of the master key under which older copies of
     * its row (in write-ahead logs, backups, dead tuples) could still be opened.
     *
     * @param generation the generation that ended
     */
    record KeyDestroyed(SubjectId subjectId, String keyId, Instant destroyedAt, int generation)
            implements SubjectEvent {}
}
