package aether.domain.audit;

import aether.domain.cluster.ClusterId;
import aether.domain.kernel.DomainEvent;
import aether.domain.organization.OrganizationId;
import java.time.Instant;

/** What happened that changes no state but must be answerable for. */
public sealed interface AuditEvent extends DomainEvent {

    /** Which of the audit streams holds it; several writers use several shards so that they never conflict. */
    String shard();

    @Override
    default String stream() {
        return AuditCommand.stream(shard());
    }

    /**
     * A request was refused for a reason of security; never carries raw input.
     *
     * @param caller who asked, as far as that is known: a service's name or the pseudonym of an identity or address
     * @param action the method and route template, or the command's name
     * @param code the machine-readable reason
     */
    record RequestRefused(String shard, String caller, String action, String code) implements AuditEvent {}

    /**
     * More refusals of one caller than are recorded one by one.
     *
     * @param count how many were left out
     * @param since when the first of them happened
     * @param until when the last of them happened
     */
    record RefusalsSummarized(String shard, String caller, long count, Instant since, Instant until)
            implements AuditEvent {}

    /** The administrator's credential of a cluster was handed out. */
    record KubeconfigRead(String shard, OrganizationId organizationId, ClusterId clusterId) implements AuditEvent {}

    /**
     * The clock of the log stepped: backwards, and recorded times were clamped; or far forward.
     *
     * @param byMicros how far, in microseconds; negative for backwards
     */
    record ClockStepped(String shard, long byMicros) implements AuditEvent {}
}
