package aether.domain.audit;

import static org.assertj.core.api.Assertions.assertThat;

import aether.domain.samples.Samples;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class AuditDeciderTest {

    @Test
    void entersWhatItIsTold() {
        Instant since = Instant.parse("2026-01-02T03:04:05Z");
        Instant until = Instant.parse("2026-01-02T03:05:05Z");

        assertThat(AuditDecider.decide(new AuditCommand.RecordRefusal("0", "caller", "action", "code")))
                .isEqualTo(new AuditEvent.RequestRefused("0", "caller", "action", "code"));
        assertThat(AuditDecider.decide(new AuditCommand.SummarizeRefusals("0", "caller", 3, since, until)))
                .isEqualTo(new AuditEvent.RefusalsSummarized("0", "caller", 3, since, until));
        assertThat(AuditDecider.decide(
                        new AuditCommand.RecordKubeconfigRead("0", Samples.ORGANIZATION, Samples.CLUSTER)))
                .isEqualTo(new AuditEvent.KubeconfigRead("0", Samples.ORGANIZATION, Samples.CLUSTER));
        assertThat(AuditDecider.decide(new AuditCommand.RecordClockStep("0", -5)))
                .isEqualTo(new AuditEvent.ClockStepped("0", -5))
                .extracting(AuditEvent::stream)
                .isEqualTo("audit-0");
    }
}
