package aether.archive.verify;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a stranger found.
 *
 * @param level how deep it was looked
 * @param independent whether the newest signature was checked with a key that the stranger brought
 * @param vouched for how many entries that key vouches: not for those of a later epoch
 * @param entries how many entries the archive promises
 * @param root the promised root in base64, empty when there is no readable checkpoint
 * @param findings what is wrong, at most 200; nothing is wrong when there are none
 * @param moreFindings how many more there were
 * @param remarks what is worth knowing and not wrong
 * @param witnessed what the stranger's policy came to; null when there was none, or nothing it could be asked of
 */
public record VerificationReport(
        VerificationLevel level,
        boolean independent,
        long vouched,
        long entries,
        String root,
        List<Finding> findings,
        long moreFindings,
        List<String> remarks,
        @Nullable Witnessed witnessed) {

    /** What a stranger found who demanded no cosignatures, in a log without later epochs. */
    public VerificationReport(
            VerificationLevel level,
            boolean independent,
            long entries,
            String root,
            List<Finding> findings,
            long moreFindings,
            List<String> remarks) {
        this(level, independent, independent ? entries : 0, entries, root, findings, moreFindings, remarks, null);
    }

    /** Keeps its own lists. */
    public VerificationReport {
        findings = List.copyOf(findings);
        remarks = List.copyOf(remarks);
    }

    /** Whether nothing is wrong. */
    public boolean isIntact() {
        return findings.isEmpty();
    }

    /** What is wrong, one sentence each. */
    public List<String> sentences() {
        return findings.stream().map(Finding::sentence).toList();
    }

    /** The result in one sentence. */
    public String verdict() {
        if (!isIntact()) {
            return "NOT INTACT: " + (findings.size() + moreFindings) + " findings.";
        }
        if (independent) {
            return "Verified with the key you brought.";
        }
        return vouched > 0
                ? "Verified with the key you brought up to entry " + (vouched - 1)
                        + "; what came after it, in a later epoch, is self-consistent, not independently verified."
                : "Self-consistent, not independently verified: the key came with the archive.";
    }
}
