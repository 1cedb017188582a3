package aether.archive.verify;

import java.util.ArrayList;
import java.util.List;

/** Collects what is wrong and what is worth knowing. */
final class Findings {

    /** A destroyed archive has millions of faults: the first ones tell the story, the rest are counted. */
    private static final int MAX_SENTENCES = 200;

    private final List<String> findings = new ArrayList<>();
    private final List<String> remarks = new ArrayList<>();
    private long left;

    void wrong(String sentence) {
        if (findings.size() < MAX_SENTENCES) {
            findings.add(sentence);
        } else {
            left++;
        }
    }

    void remark(String sentence) {
        remarks.add(sentence);
    }

    VerificationReport report(boolean independent, long entries, String root) {
        List<String> all = new ArrayList<>(findings);
        if (left > 0) {
            all.add("And " + left + " more findings.");
        }
        return new VerificationReport(independent, entries, root, all, remarks);
    }
}
