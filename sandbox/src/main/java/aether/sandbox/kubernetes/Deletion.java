package aether.sandbox.kubernetes;

/**
 * How a delete is meant.
 *
 * @param uid only this very object, empty for whatever has the name
 * @param resourceVersion only this very state, empty for any
 */
public record Deletion(String uid, String resourceVersion, Propagation propagation, boolean dryRun) {
    /** What happens to the objects that this one owns. */
    public enum Propagation {
        BACKGROUND,
        FOREGROUND,
        ORPHAN
    }

    /** Whatever has the name, and what it owns. */
    public static final Deletion PLAIN = new Deletion("", "", Propagation.BACKGROUND, false);
}
