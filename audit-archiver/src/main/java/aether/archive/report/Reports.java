package aether.archive.report;

import aether.archive.keys.Succession;
import aether.archive.probe.WormVerdict;
import aether.archive.verify.VerificationReport;
import java.time.Instant;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The archiver's commands in the words of the command API, where 64-bit numbers are texts. */
final class Reports {

    /** What the log takes of one attempt, together with what was tried. */
    private static final int MAX_OBSERVED = 400;

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final String archive;

    /** Reports about the archive of this origin. */
    Reports(String archive) {
        this.archive = archive;
    }

    Report probe(WormVerdict verdict) {
        ObjectNode command = command();
        command.put("store", verdict.place());
        command.put("probed_at", verdict.at().toString());
        command.put("compliant", verdict.isCompliant());
        ArrayNode attempts = command.putArray("attempts");
        for (WormVerdict.Attempt attempt : verdict.attempts()) {
            String observed = attempt.observed();
            attempts.addObject()
                    .put("what", attempt.what())
                    .put("held", attempt.held())
                    .put("observed", observed.substring(0, Math.min(MAX_OBSERVED, observed.length())));
        }
        return Report.of("archive.record-probe", JSON.writeValueAsString(command), archive, verdict.at());
    }

    Report heartbeat(long size, long silentSeconds) {
        ObjectNode command = command();
        command.put("size", Long.toString(size));
        command.put("silent_seconds", Long.toString(silentSeconds));
        return Report.of("archive.record-heartbeat", JSON.writeValueAsString(command), archive, size);
    }

    Report reconciliation(Instant hour, Reconciliation compared) {
        ObjectNode command = command();
        command.put("hour", hour.toString());
        command.put("finding", compared.finding().word());
        command.putObject("comparison")
                .put("sealed_size", Long.toString(compared.sealedSize()))
                .put("sealed_root", compared.sealedRoot().base64())
                .put("store_head", Long.toString(compared.store().head()))
                .put("store_count", Long.toString(compared.store().count()))
                .put("store_root", compared.store().root())
                .put("read_from", Long.toString(compared.store().readFrom()));
        return Report.of(
                "archive.record-reconciliation",
                JSON.writeValueAsString(command),
                archive,
                hour,
                compared.finding().word());
    }

    Report verification(Instant at, VerificationReport verification) {
        String type = "archive.record-verification";
        ObjectNode command = command();
        command.put("verification_id", Report.of(type, "", archive, at).id().toString());
        command.put("level", verification.level().number());
        command.put("intact", verification.isIntact());
        command.put("findings", Long.toString(verification.findings().size() + verification.moreFindings()));
        command.put("log_size", Long.toString(verification.entries()));
        command.put("log_root", verification.root());
        command.put("reason", "routine");
        command.put("reference", "");
        return Report.of(type, JSON.writeValueAsString(command), archive, at);
    }

    /** The same change has the same id, so that it may be kept once more after a kill. */
    Report keyChange(Succession change, String reason, String reference) {
        ObjectNode command = command();
        command.putObject("change")
                .put("number", change.number())
                .put("size", Long.toString(change.size()))
                .put("root", change.root().base64())
                .put("at", change.at().toString())
                .put("from", change.from().vkey())
                .put("to", change.to().vkey());
        command.put("reason", reason);
        command.put("reference", reference);
        return Report.of(
                "archive.record-key-change",
                JSON.writeValueAsString(command),
                archive,
                change.number(),
                change.to());
    }

    private ObjectNode command() {
        return JSON.createObjectNode().put("archive", archive);
    }
}
