package aether.archive.report;

import aether.archive.cosign.WitnessNews;
import aether.archive.keys.Succession;
import aether.archive.log.CosignerKey;
import aether.archive.probe.WormVerdict;
import aether.archive.verify.VerificationReport;
import java.time.Instant;
import java.util.regex.Pattern;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The archiver's commands in the words of the command API, where 64-bit numbers are texts. */
final class Reports {

    /** What the log takes of one attempt, together with what was tried. */
    private static final int MAX_OBSERVED = 400;

    /** The log takes no longer one, and visible characters only. */
    private static final int MAX_WITNESS_NAME = 200;

    private static final Pattern NOT_IN_A_NAME = Pattern.compile("[^!-~]");

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
                "archive.record-key-change", JSON.writeValueAsString(command), archive, change.number(), change.to());
    }

    /** Said by each process that meets it, under one id as long as it is about the same checkpoint. */
    Report witnessRefusal(WitnessNews.Refused refused) {
        ObjectNode command = witness(refused.witness());
        command.putObject("refusal")
                .put("size", Long.toString(refused.size()))
                .put("root", refused.root().base64())
                .put("cause", refused.cause().word())
                .put("status", refused.status())
                .put("witness_size", Long.toString(refused.witnessSize()));
        return Report.of(
                "archive.record-witness-refusal",
                JSON.writeValueAsString(command),
                archive,
                refused.witness().vkey(),
                refused.cause(),
                refused.size(),
                refused.root().base64(),
                refused.witnessSize(),
                refused.signedSize());
    }

    Report witnessAgreement(WitnessNews.Agreed agreed) {
        ObjectNode command = witness(agreed.witness());
        command.put("size", Long.toString(agreed.size()));
        command.put("root", agreed.root().base64());
        command.put("at", agreed.at().toString());
        return Report.of(
                "archive.record-witness-agreement",
                JSON.writeValueAsString(command),
                archive,
                agreed.witness().vkey(),
                agreed.size(),
                agreed.root().base64());
    }

    private ObjectNode witness(CosignerKey key) {
        String name = NOT_IN_A_NAME.matcher(key.name()).replaceAll("_"); // the id tells two such witnesses apart
        ObjectNode command = command();
        command.putObject("witness")
                .put("name", name.substring(0, Math.min(MAX_WITNESS_NAME, name.length())))
                .put("id", key.idHex());
        return command;
    }

    private ObjectNode command() {
        return JSON.createObjectNode().put("archive", archive);
    }
}
