package aether.standalone.cli;

import aether.archive.verify.Finding;
import aether.archive.verify.VerificationReport;
import aether.archive.verify.Witnessed;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.Map;

/** What became of an archive's verification. */
record ArchiveVerdict(VerificationReport report) implements Verdict {

    @Override
    public boolean isIntact() {
        return report.isIntact();
    }

    @Override
    public void tell(PrintWriter out) {
        out.println(report.verdict());
        out.println(
                "Level:   " + report.level().number() + ", " + report.level().what());
        out.println("Entries: " + report.entries());
        out.println("Root:    " + (report.root().isEmpty() ? "-" : report.root()));
        report.sentences().forEach(finding -> out.println("  wrong: " + finding));
        if (report.moreFindings() > 0) {
            out.println("  wrong: and " + report.moreFindings() + " more.");
        }
        report.remarks().forEach(remark -> out.println("  note:  " + remark));
    }

    @Override
    public Map<String, Object> fields() {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("intact", report.isIntact());
        fields.put("independent", report.independent());
        fields.put("vouched", report.vouched());
        fields.put("verdict", report.verdict());
        fields.put("level", report.level().number());
        fields.put("entries", report.entries());
        fields.put("root", report.root());
        fields.put(
                "findings",
                report.findings().stream().map(ArchiveVerdict::fields).toList());
        fields.put("more_findings", report.moreFindings());
        fields.put("remarks", report.remarks());
        Witnessed witnessed = report.witnessed();
        if (witnessed != null) {
            fields.put("witnessed", fields(witnessed));
        }
        return fields;
    }

    private static Map<String, Object> fields(Witnessed witnessed) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("enough", witnessed.by().enough());
        fields.put("size", witnessed.size());
        fields.put(
                "there",
                witnessed.by().there().stream()
                        .map(seen -> Map.of(
                                "witness", seen.witness(), "at", seen.at().toString()))
                        .toList());
        fields.put("lacking", witnessed.by().lacking());
        return fields;
    }

    private static Map<String, Object> fields(Finding finding) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("level", finding.level().number());
        fields.put("object", finding.object());
        fields.put("sentence", finding.sentence());
        return fields;
    }
}
