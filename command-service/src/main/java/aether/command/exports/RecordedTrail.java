package aether.command.exports;

import aether.command.dispatch.CommandContext;
import aether.command.dispatch.CommandDispatcher;
import aether.command.dispatch.CommandEnvelope;
import aether.command.dispatch.Dispatched;
import aether.command.request.Rejections;
import aether.domain.archive.AccessReason;
import aether.domain.export.ExportCommand;
import aether.domain.export.ExportId;
import aether.domain.export.ExportSelection;
import aether.domain.kernel.NameBasedId;
import aether.domain.kernel.Outcome;
import java.util.UUID;
import java.util.function.Supplier;

/** Notes exports in the trail itself, on a stream per export. */
public final class RecordedTrail implements ExportTrail {

    private final CommandDispatcher dispatcher;

    private final Supplier<UUID> ids;

    /**
     * A trail of exports.
     *
     * @param ids for what happens as often as it is asked for
     */
    public RecordedTrail(CommandDispatcher dispatcher, Supplier<UUID> ids) {
        this.dispatcher = dispatcher;
        this.ids = ids;
    }

    @Override
    public long ordered(CommandContext context, UUID id, ExportOrder order, AccessReason reason, String reference) {
        String actor = order.actor();
        ExportSelection selection = new ExportSelection(
                order.organization(),
                order.cluster(),
                actor == null ? null : ExportSelection.withoutName(actor),
                order.from(),
                order.to());
        return send(new CommandEnvelope(
                ExportTrail.ordering(id),
                new ExportCommand.RequestExport(new ExportId(id), selection, reason, reference),
                context));
    }

    @Override
    public void seen(CommandContext context, UUID id, ArchivedExport export) {
        if (export.isReady()) {
            long ignored = enter(
                    context,
                    id,
                    "completed",
                    new ExportCommand.RecordExportCompleted(
                            new ExportId(id), export.sha256(), export.events(), export.logSize()));
        } else if (export.hasFailed()) {
            long ignored = enter(
                    context, id, "failed", new ExportCommand.RecordExportFailed(new ExportId(id), "export_failed"));
        }
    }

    @Override
    public long fetched(CommandContext context, UUID id, ArchivedExport export) {
        return send(
                new CommandEnvelope(ids.get(), new ExportCommand.RecordExportDownloaded(new ExportId(id)), context));
    }

    /** Once, however often it is seen. */
    private long enter(CommandContext context, UUID id, String what, ExportCommand command) {
        return send(new CommandEnvelope(NameBasedId.of("audit-export", what, id), command, context));
    }

    private long send(CommandEnvelope envelope) {
        Dispatched dispatched = dispatcher.dispatch(envelope);
        if (dispatched.outcome() instanceof Outcome.Refused refused) {
            throw Rejections.refused(refused, refused.field());
        }
        return dispatched.position();
    }
}
