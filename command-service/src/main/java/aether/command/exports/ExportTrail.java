package aether.command.exports;

import aether.command.dispatch.CommandContext;
import aether.domain.archive.AccessReason;
import aether.domain.kernel.NameBasedId;
import java.util.UUID;

/** Where it is noted who ordered and who fetched an export. Noted first: a copy that nobody knows of must not leave. */
public interface ExportTrail {

    /** Notes an order, before anybody works on it; the position of the entry. */
    long ordered(CommandContext context, UUID id, ExportOrder order, AccessReason reason, String reference);

    /** The id of the command that notes an order: the same for every sending of it. */
    static UUID ordering(UUID id) {
        return NameBasedId.of("audit-export", "ordered", id);
    }

    /** Notes what became of an order; the same again changes nothing. */
    void seen(CommandContext context, UUID id, ArchivedExport export);

    /** Notes that the file is about to leave; the position of the entry. */
    long fetched(CommandContext context, UUID id, ArchivedExport export);
}
