package aether.standalone.platform;

import aether.archive.report.CommandService;
import aether.archive.report.Holding;
import aether.archive.report.RefusedReport;
import aether.archive.report.Report;
import aether.command.access.Identity;
import aether.command.dispatch.Overloaded;
import aether.command.reconciliation.LogHolding;
import aether.command.reports.ServiceCommands;
import aether.command.request.RequestRefused;
import aether.domain.kernel.Outcome;
import aether.format.InvalidCommandException;
import aether.format.JsonCommandCodec;
import aether.store.log.LogOutcomeUnknown;
import aether.store.log.LogUnavailable;
import java.io.IOException;
import tools.jackson.databind.json.JsonMapper;

/** The archiver's way to the command service when both live in one process: the same rules, without the wire. */
final class ArchiverCommands implements CommandService {

    private static final Identity ARCHIVER = Identity.of("audit-archiver", Identity.Kind.ARCHIVER);

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final ServiceCommands commands;

    private final LogHolding holding;

    private final JsonCommandCodec codec = new JsonCommandCodec();

    ArchiverCommands(ServiceCommands commands, LogHolding holding) {
        this.commands = commands;
        this.holding = holding;
    }

    @Override
    public void send(Report report) throws IOException, RefusedReport {
        try {
            Outcome outcome = commands.send(
                            ARCHIVER,
                            report.id(),
                            codec.decode(report.type(), JSON.readTree(report.command())),
                            null,
                            null)
                    .outcome();
            if (outcome instanceof Outcome.Refused refused) {
                throw new RefusedReport(refused.message());
            }
        } catch (LogUnavailable | LogOutcomeUnknown | Overloaded e) {
            throw new IOException(e.getMessage(), e);
        } catch (RequestRefused | InvalidCommandException e) {
            throw new RefusedReport(String.valueOf(e.getMessage()));
        }
    }

    @Override
    public Holding holding(long size, boolean anew) throws IOException {
        try {
            LogHolding.Answer answer = holding.upTo(size, anew);
            while (!answer.complete()) { // each time it has read further
                answer = holding.upTo(size, false);
            }
            return new Holding(answer.head(), answer.count(), answer.root(), answer.readFrom());
        } catch (LogUnavailable e) {
            throw new IOException(e.getMessage(), e);
        }
    }
}
