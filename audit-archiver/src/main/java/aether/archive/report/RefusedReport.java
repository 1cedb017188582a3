package aether.archive.report;

/** A report that the command service will not take, whenever it is sent. */
public final class RefusedReport extends Exception {

    private static final long serialVersionUID = 1L;

    /**
     * A refusal.
     *
     * @param sentence why, as the command service says it
     */
    public RefusedReport(String sentence) {
        super(sentence);
    }
}
