package aether.domain.export;

import aether.domain.archive.AccessReason;
import aether.domain.cluster.ClusterId;
import aether.domain.kernel.DomainEvent;
import aether.domain.organization.OrganizationId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What has happened to an export. Each event says whose trail it is, so that the customer sees all of them. */
public sealed interface ExportEvent extends DomainEvent {

    /** The export. */
    ExportId exportId();

    /** Whose trail it is; absent when several customers' or not said. */
    @Nullable
    OrganizationId organizationId();

    /** Which cluster's; absent when it is not about one. */
    @Nullable
    ClusterId clusterId();

    @Override
    default String stream() {
        return exportId().stream();
    }

    /**
     * Somebody asked for it.
     *
     * @param actor whose acts only, as a pseudonym
     * @param from recorded at this time or later; absent for from the beginning
     * @param to recorded before this time; absent for up to the end
     * @param reference the number of a case; empty for none
     */
    record ExportRequested(
            ExportId exportId,
            @Nullable OrganizationId organizationId,
            @Nullable ClusterId clusterId,
            @Nullable String actor,
            @Nullable Instant from,
            @Nullable Instant to,
            AccessReason reason,
            String reference)
            implements ExportEvent {}

    /**
     * It was written.
     *
     * @param sha256 of the file, lower-case hex
     * @param events how many events are in it
     * @param logSize the size of the log that proves them
     */
    record ExportCompleted(
            ExportId exportId,
            @Nullable OrganizationId organizationId,
            @Nullable ClusterId clusterId,
            String sha256,
            long events,
            long logSize)
            implements ExportEvent {}

    /**
     * It could not be written.
     *
     * @param code the machine-readable reason
     */
    record ExportFailed(
            ExportId exportId,
            @Nullable OrganizationId organizationId,
            @Nullable ClusterId clusterId,
            String code) implements ExportEvent {}

    /** Somebody fetched it. */
    record ExportDownloaded(
            ExportId exportId,
            @Nullable OrganizationId organizationId,
            @Nullable ClusterId clusterId) implements ExportEvent {}
}
