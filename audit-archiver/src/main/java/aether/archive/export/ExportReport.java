package aether.archive.export;

import java.util.List;

/**
 * What was found when an export was verified.
 *
 * @param events how many events it says it holds
 * @param size the size of the log it proves them against
 * @param independent whether the log's key was brought from elsewhere
 * @param signed whether the manifest carries a good signature of the export key
 * @param findings what is wrong, one sentence each, at most 200; each names the file or the entry
 * @param remarks what else there is to say: who has witnessed the log
 */
public record ExportReport(
        long events, long size, boolean independent, boolean signed, List<String> findings, List<String> remarks) {

    /** Keeps its own list. */
    public ExportReport {
        findings = List.copyOf(findings);
        remarks = List.copyOf(remarks);
    }

    /** Whether nothing is wrong. */
    public boolean isIntact() {
        return findings.isEmpty();
    }

    /** The result in one sentence. */
    public String verdict() {
        if (!isIntact()) {
            return "NOT INTACT: " + findings.size() + " findings.";
        }
        return independent
                ? "Verified with the key you brought: every event is in the log."
                : "Self-consistent, not independently verified: the key came with the export.";
    }
}
