package aether.domain.export;

import aether.domain.cluster.ClusterId;
import aether.domain.organization.OrganizationId;
import org.jspecify.annotations.Nullable;

/**
 * What is known of an export.
 *
 * @param sha256 of the file, lower-case hex; empty before it is complete
 */
public record ExportState(
        ExportStatus status,
        @Nullable OrganizationId organizationId,
        @Nullable ClusterId clusterId,
        String sha256) {

    /** Before the first event. */
    public static final ExportState ABSENT = new ExportState(ExportStatus.ABSENT, null, null, "");

    /** The state after an event. */
    public ExportState apply(ExportEvent event) {
        return switch (event) {
            case ExportEvent.ExportRequested requested ->
                new ExportState(ExportStatus.REQUESTED, requested.organizationId(), requested.clusterId(), "");
            case ExportEvent.ExportCompleted completed ->
                new ExportState(ExportStatus.COMPLETED, organizationId, clusterId, completed.sha256());
            case ExportEvent.ExportFailed ignored ->
                new ExportState(ExportStatus.FAILED, organizationId, clusterId, "");
            case ExportEvent.ExportDownloaded ignored -> this;
        };
    }
}
