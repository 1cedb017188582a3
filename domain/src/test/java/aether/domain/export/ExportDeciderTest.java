package aether.domain.export;

import static org.assertj.core.api.Assertions.assertThat;

import aether.domain.archive.AccessReason;
import aether.domain.kernel.Decision;
import aether.domain.kernel.DomainEvent;
import aether.domain.samples.Samples;
import java.util.List;
import org.junit.jupiter.api.Test;

class ExportDeciderTest {

    private static final ExportCommand REQUEST = request(Samples.PSEUDONYM, "case-17");

    private ExportState state = ExportState.ABSENT;

    @Test
    void everyEventOfACustomersExportNamesTheCustomer() {
        List<ExportEvent> life = List.of(
                one(REQUEST),
                one(new ExportCommand.RecordExportCompleted(Samples.EXPORT, Samples.FINGERPRINT, 3, 9)),
                one(new ExportCommand.RecordExportDownloaded(Samples.EXPORT)),
                one(new ExportCommand.RecordExportDownloaded(Samples.EXPORT)));

        assertThat(life).extracting(ExportEvent::organizationId).containsOnly(Samples.ORGANIZATION);
        assertThat(life).extracting(ExportEvent::clusterId).containsOnly(Samples.CLUSTER);
    }

    @Test
    void nothingIsEnteredAboutAnExportThatNobodyAskedFor() {
        assertThat(code(new ExportCommand.RecordExportCompleted(Samples.EXPORT, Samples.FINGERPRINT, 3, 9)))
                .isEqualTo("export_unknown");
        assertThat(code(new ExportCommand.RecordExportFailed(Samples.EXPORT, "why")))
                .isEqualTo("export_unknown");
        assertThat(code(new ExportCommand.RecordExportDownloaded(Samples.EXPORT)))
                .isEqualTo("export_unknown");
    }

    @Test
    void whatIsCompleteStaysWhatItWas() {
        one(REQUEST);
        assertThat(code(new ExportCommand.RecordExportDownloaded(Samples.EXPORT)))
                .isEqualTo("export_status");
        one(new ExportCommand.RecordExportCompleted(Samples.EXPORT, Samples.FINGERPRINT, 3, 9));

        assertThat(code(new ExportCommand.RecordExportCompleted(Samples.EXPORT, "0".repeat(64), 3, 9)))
                .isEqualTo("export_status");
        assertThat(code(new ExportCommand.RecordExportFailed(Samples.EXPORT, "why")))
                .isEqualTo("export_status");
    }

    @Test
    void takesNoTextThatCouldBeAnything() {
        one(REQUEST);
        assertThat(code(new ExportCommand.RecordExportCompleted(Samples.EXPORT, "Mia Muster", 3, 9)))
                .isEqualTo("invalid_value");
        assertThat(code(new ExportCommand.RecordExportFailed(Samples.EXPORT, "Mia Muster")))
                .isEqualTo("invalid_value");
    }

    @Test
    void keepsNoName() {
        assertThat(code(request("mia", ""))).isEqualTo("named_actor");
        assertThat(code(request(Samples.PSEUDONYM, "Mia Muster"))).isEqualTo("invalid_reference");
        assertThat(code(request(ExportSelection.withoutName("mia"), ""))).isEmpty();
        assertThat(ExportSelection.withoutName(Samples.PSEUDONYM)).isEqualTo(Samples.PSEUDONYM);
    }

    private static ExportCommand request(String actor, String reference) {
        return new ExportCommand.RequestExport(
                Samples.EXPORT,
                new ExportSelection(Samples.ORGANIZATION, Samples.CLUSTER, actor, null, null),
                AccessReason.CUSTOMER_REQUEST,
                reference);
    }

    private ExportEvent one(ExportCommand command) {
        if (ExportDecider.decide(state, command) instanceof Decision.Accepted<?> accepted
                && accepted.events().size() == 1) {
            DomainEvent event = accepted.events().getFirst();
            state = state.apply((ExportEvent) event);
            return (ExportEvent) event;
        }
        throw new AssertionError("Expected one event, but " + command + " gave none");
    }

    private String code(ExportCommand command) {
        return ExportDecider.decide(state, command) instanceof Decision.Refused<?> refused
                ? refused.rejection().code()
                : "";
    }
}
