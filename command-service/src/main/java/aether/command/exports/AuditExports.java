package aether.command.exports;

import aether.domain.organization.OrganizationId;
import java.io.InputStream;
import java.util.List;
import java.util.UUID;

/**
 * Whoever makes exports. Every question names the organization, and is answered about its exports only.
 *
 * <p>A question that has no answer ends in {@link aether.command.request.RequestRefused}; one that nobody answers in
 * {@link ArchiverUnavailable}.
 */
public interface AuditExports {

    /** A file on its way; the reader closes it. */
    record Download(InputStream bytes, long length) {}

    /** Orders an export; the same id and order again is the same export. */
    ArchivedExport ask(UUID id, ExportOrder order);

    /** One export. */
    ArchivedExport find(OrganizationId organization, UUID id);

    /** All that are known, the oldest first. */
    List<ArchivedExport> of(OrganizationId organization);

    /** The file. */
    Download fetch(OrganizationId organization, UUID id);

    /** Removes it with its file. */
    void remove(OrganizationId organization, UUID id);
}
