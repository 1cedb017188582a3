package aether.standalone.cli;

import aether.archive.verify.VerificationReport;
import java.io.PrintWriter;
import java.util.function.Supplier;
import picocli.CommandLine.Model.CommandSpec;
import tools.jackson.databind.node.ObjectNode;

/** That somebody has verified an archive, entered into the audit trail where that is wanted. */
record VerificationRecord(RecordOptions records, World world, CommandSpec spec) {

    /** Verifies, and enters what came of it or says that nobody did; the way to the platform is found out before. */
    VerificationReport around(String archive, Supplier<VerificationReport> verification) {
        if (!records.isWanted()) {
            VerificationReport report = verification.get();
            RecordOptions.sayNotRecorded(spec);
            return report;
        }
        try (ApiClient api = records.connect(world)) {
            String name = LogNames.entered(archive);
            VerificationReport report = verification.get();
            String position = RecordOptions.enter(api, "archive.record-verification", command(name, report));
            PrintWriter err = spec.commandLine().getErr();
            err.println("Recorded as event " + position + " of the log.");
            err.flush();
            return report;
        }
    }

    private ObjectNode command(String name, VerificationReport report) {
        return records.reasoned()
                .put("archive", name)
                .put("verification_id", RecordOptions.newId().toString())
                .put("level", report.level().number())
                .put("intact", report.isIntact())
                .put("findings", Long.toString(report.findings().size() + report.moreFindings()))
                .put("log_size", Long.toString(report.entries()))
                .put("log_root", report.root());
    }
}
