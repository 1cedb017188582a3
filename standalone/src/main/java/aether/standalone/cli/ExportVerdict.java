package aether.standalone.cli;

import aether.archive.export.ExportReport;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.Map;

/** What became of an export's verification. */
record ExportVerdict(ExportReport report) implements Verdict {

    @Override
    public boolean isIntact() {
        return report.isIntact();
    }

    @Override
    public void tell(PrintWriter out) {
        out.println(report.verdict());
        out.println("Events:  " + report.events() + ", proven in a log of " + report.size() + " entries");
        out.println("Signed:  " + (report.signed() ? "yes, by whoever made the export" : "no"));
        report.findings().forEach(finding -> out.println("  wrong: " + finding));
        report.remarks().forEach(remark -> out.println("  note:  " + remark));
    }

    @Override
    public Map<String, Object> fields() {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("intact", report.isIntact());
        fields.put("independent", report.independent());
        fields.put("signed", report.signed());
        fields.put("verdict", report.verdict());
        fields.put("events", report.events());
        fields.put("log_size", report.size());
        fields.put("findings", report.findings());
        fields.put("remarks", report.remarks());
        return fields;
    }
}
