package aether.archive.verify;

import java.util.List;

/**
 * What a stranger found.
 *
 * @param independent whether the signature was checked with a key that the stranger brought
 * @param entries how many entries the archive promises
 * @param root the promised root in base64, empty when there is no readable checkpoint
 * @param findings what is wrong, one sentence each; nothing is wrong when there are none
 * @param remarks what is worth knowing and not wrong
 */
public record VerificationReport(
        boolean independent, long entries, String root, List<String> findings, List<String> remarks) {

    /** Keeps its own lists. */
    public VerificationReport {
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
                ? "Verified with the key you brought."
                : "Self-consistent, not independently verified: the key came with the archive.";
    }
}
