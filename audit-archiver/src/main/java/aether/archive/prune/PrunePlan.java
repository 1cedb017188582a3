package aether.archive.prune;

/**
 * What may go.
 *
 * @param before the minimum index as it is
 * @param below the minimum index as it may become; equal to {@code before} when nothing more may go
 * @param size how many entries the log has
 * @param objects how many objects lie wholly below it and are there
 * @param stopped why it is no higher, as a sentence
 */
public record PrunePlan(long before, long below, long size, long objects, String stopped) {

    /** Whether there is anything to do. */
    public boolean isEmpty() {
        return below == 0 || (below == before && objects == 0);
    }
}
