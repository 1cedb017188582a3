package aether.standalone;

/** What the terminal can do. */
final class Terminal {

    private Terminal() {}

    /** Whether lines may be written over: a terminal that is not the simplest kind. */
    static boolean canOverwrite() {
        String kind = System.getenv().getOrDefault("TERM", "dumb");
        return !kind.equals("dumb");
    }
}
