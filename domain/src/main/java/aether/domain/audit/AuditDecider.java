package aether.domain.audit;

/** Decides audit entries: there is nothing to refuse, so a command is its event. */
public final class AuditDecider {

    private AuditDecider() {}

    /** The event that the command enters. */
    public static AuditEvent decide(AuditCommand command) {
        return switch (command) {
            case AuditCommand.RecordRefusal refusal ->
                new AuditEvent.RequestRefused(refusal.shard(), refusal.caller(), refusal.action(), refusal.code());
            case AuditCommand.SummarizeRefusals summary ->
                new AuditEvent.RefusalsSummarized(
                        summary.shard(), summary.caller(), summary.count(), summary.since(), summary.until());
            case AuditCommand.RecordKubeconfigRead read ->
                new AuditEvent.KubeconfigRead(read.shard(), read.organizationId(), read.clusterId());
            case AuditCommand.RecordClockStep step -> new AuditEvent.ClockStepped(step.shard(), step.byMicros());
        };
    }
}
