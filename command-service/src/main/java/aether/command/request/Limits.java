package aether.command.request;

/** Bounds on what is read from outside. */
public final class Limits {

    /** A manifest of a hundred documents is about 40 kB; a body beyond this is not one. */
    public static final int MAX_BODY_BYTES = 256 * 1024;

    /** As many as one person reviews at a time; each may become several commands. */
    public static final int MAX_DOCUMENTS = 100;

    /** A document of ours is three levels deep. */
    static final int MAX_DEPTH = 16;

    /** Longer than any field of ours, short enough that no single scalar costs much to read. */
    static final int MAX_SCALAR = 4_096;

    private Limits() {}
}
