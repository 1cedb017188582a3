package aether.archive.verify;

import java.util.ArrayList;
import java.util.List;

/** Collects what is wrong and what is worth knowing. One thread uses it. */
final class Findings {

    /** A destroyed archive has millions of faults: the first ones tell the story, the rest are counted. */
    private static final int MAX_SENTENCES = 200;

    private final List<Finding> wrong = new ArrayList<>();
    private final List<String> remarks = new ArrayList<>();
    private long left;

    void wrong(VerificationLevel level, String object, String sentence) {
        if (wrong.size() < MAX_SENTENCES) {
            wrong.add(new Finding(level, object, sentence));
        } else {
            left++;
        }
    }

    void remark(String sentence) {
        remarks.add(sentence);
    }

    /** Takes over what another thread has found. */
    void addAll(Findings others) {
        others.wrong.forEach(finding -> wrong(finding.level(), finding.object(), finding.sentence()));
        remarks.addAll(others.remarks);
        left += others.left;
    }

    List<Finding> wrong() {
        return List.copyOf(wrong);
    }

    long left() {
        return left;
    }

    List<String> remarks() {
        return List.copyOf(remarks);
    }
}
