package aether.domain.export;

import aether.domain.archive.AccessReason;
import aether.domain.kernel.Command;

/** What may be entered about an export; see {@link ExportEvent} for the meaning of the parts. */
public sealed interface ExportCommand extends Command {

    /** The export. */
    ExportId exportId();

    @Override
    default String stream() {
        return exportId().stream();
    }

    /** Enters that somebody wants an export; comes before anything is written. */
    record RequestExport(ExportId exportId, ExportSelection selection, AccessReason reason, String reference)
            implements ExportCommand {}

    /** Enters that the export is there. */
    record RecordExportCompleted(ExportId exportId, String sha256, long events, long logSize)
            implements ExportCommand {}

    /** Enters that there will be none. */
    record RecordExportFailed(ExportId exportId, String code) implements ExportCommand {}

    /** Enters that somebody fetched it. */
    record RecordExportDownloaded(ExportId exportId) implements ExportCommand {}
}
