package aether.reconcile.report;

import aether.domain.cluster.ClusterId;
import aether.domain.kernel.Command;
import aether.domain.kernel.NameBasedId;
import aether.domain.kernel.Outcome;
import aether.reconcile.loop.OutsideFailure;
import java.util.UUID;
import java.util.function.Consumer;

/** Says what workers saw and did. */
public final class Reports {

    private static final String STALE_LEASE = "stale_lease";

    private final CommandPort port;
    private final Consumer<ClusterId> leaseLost;

    /**
     * Reports through a port.
     *
     * @param leaseLost told of a tenant that another worker has taken over
     */
    public Reports(CommandPort port, Consumer<ClusterId> leaseLost) {
        this.port = port;
        this.leaseLost = leaseLost;
    }

    /**
     * Sends a report. Its id follows from what it says and from the moment of the stream it was based on: a repeat of
     * the same report is dropped, the same words at a later moment are not.
     *
     * @param basis the number of the last event of the stream that was known
     */
    public void send(ClusterId tenant, Command report, long basis) {
        UUID id = NameBasedId.of("report", report.stream(), basis, report);
        if (port.send(id, report, null) instanceof Outcome.Refused refused) {
            if (refused.code().equals(STALE_LEASE)) {
                leaseLost.accept(tenant);
                throw new OutsideFailure(OutsideFailure.Kind.LEASE_LOST, refused.message());
            }
            // Most often the log has gone on meanwhile; the event that says so is on its way to us.
            throw new OutsideFailure(
                    OutsideFailure.Kind.DENIED,
                    report.getClass().getSimpleName() + " was refused: " + refused.message());
        }
    }
}
