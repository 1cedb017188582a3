package aether.command.exports;

import aether.command.dispatch.CommandContext;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Notes exports in the service's own log, by request, so that no person is named there. */
public final class LoggedTrail implements ExportTrail {

    private static final Logger LOG = LoggerFactory.getLogger(LoggedTrail.class);

    @Override
    public void ordered(CommandContext context, UUID id, ExportOrder order, ExportReason reason, String reference) {
        LOG.info(
                "Request {} orders export {} of organization {}, reason {} {}",
                context.requestId(),
                id,
                order.organization(),
                reason,
                reference);
    }

    @Override
    public void seen(CommandContext context, UUID id, ArchivedExport export) {
        LOG.debug("Export {} is {}", id, export.isReady() ? "ready" : "not ready");
    }

    @Override
    public void fetched(CommandContext context, UUID id, ArchivedExport export) {
        LOG.info("Request {} fetches export {} with SHA-256 {}", context.requestId(), id, export.sha256());
    }
}
