package aether.domain.audit;

import aether.domain.cluster.ClusterId;
import aether.domain.kernel.Command;
import aether.domain.organization.OrganizationId;
import java.time.Instant;

/** What may be entered into the audit trail directly; see {@link AuditEvent} for the meaning of the parts. */
public sealed interface AuditCommand extends Command {

    /** The audit stream. */
    String shard();

    @Override
    default String stream() {
        return stream(shard());
    }

    /** The stream of a shard. */
    static String stream(String shard) {
        return "audit-" + shard;
    }

    /** Enters a refusal. */
    record RecordRefusal(String shard, String caller, String action, String code) implements AuditCommand {}

    /** Enters a summary of refusals. */
    record SummarizeRefusals(String shard, String caller, long count, Instant since, Instant until)
            implements AuditCommand {}

    /** Enters that a credential was handed out. */
    record RecordKubeconfigRead(String shard, OrganizationId organizationId, ClusterId clusterId)
            implements AuditCommand {}

    /** Enters a step of the clock. */
    record RecordClockStep(String shard, long byMicros) implements AuditCommand {}
}
