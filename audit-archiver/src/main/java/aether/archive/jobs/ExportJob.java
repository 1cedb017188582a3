package aether.archive.jobs;

import aether.archive.export.Evidence;
import aether.archive.export.ExportScope;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * An export that somebody asked for.
 *
 * @param id chosen by whoever asked, so that asking twice makes one
 * @param scope what is wanted; names an organization
 * @param askedAt when it was asked for
 * @param size the size of the sealed checkpoint to prove against; null until it was first begun. A second try after a
 *     kill takes the same, so that it gives the same bytes
 * @param evidence what others had signed of that log when it was first begun, for the same reason; null until then
 * @param phase how far it is
 */
public record ExportJob(
        UUID id,
        ExportScope scope,
        Instant askedAt,
        @Nullable Long size,
        @Nullable Evidence evidence,
        Phase phase) {

    /** How far an export is. */
    public sealed interface Phase {

        /** Whether there is nothing left to be done for it. */
        default boolean isOver() {
            return switch (this) {
                case Waiting unused -> false;
                case Running unused -> false;
                case Ready unused -> true;
                case Failed unused -> true;
                case Expired unused -> true;
            };
        }
    }

    /**
     * Not begun, or to be begun again.
     *
     * @param why what it waits for; empty for its turn
     */
    public record Waiting(String why) implements Phase {}

    /**
     * Being made.
     *
     * @param done how many positions were looked at
     * @param of how many there are to look at; 0 when that is not known yet
     */
    public record Running(long done, long of) implements Phase {}

    /**
     * Ready to be fetched.
     *
     * @param from the first position that was looked at
     * @param to the position after the last that was looked at
     * @param events how many entries are in it
     * @param bytes the length of the file
     * @param manifestSha256 the hexadecimal SHA-256 of its manifest
     * @param sha256 the hexadecimal SHA-256 of the file
     * @param expiresAt when the file goes
     */
    public record Ready(
            long from, long to, long events, long bytes, String manifestSha256, String sha256, Instant expiresAt)
            implements Phase {}

    /** It could not be made, and trying again will not help. */
    public record Failed(String sentence, Instant at) implements Phase {}

    /** The file is gone; the same may be asked for again. */
    public record Expired(Instant at) implements Phase {}

    /** Refuses what belongs to nobody. */
    public ExportJob {
        if (scope.organization() == null) {
            throw new IllegalArgumentException("Expected an export of an organization, but the scope names none.");
        }
    }

    /** The job as its note and its readers have it. */
    public ObjectNode json() {
        return ExportJobJson.tree(this);
    }

    /** Whose it is. */
    String organization() {
        return String.valueOf(scope.organization());
    }

    ExportJob in(Phase next) {
        return new ExportJob(id, scope, askedAt, size, evidence, next);
    }

    ExportJob against(long checkpoint, Evidence signed) {
        return new ExportJob(id, scope, askedAt, checkpoint, signed, phase);
    }
}
