package aether.standalone.show;

import java.util.Map;

/** What the terminal can do. */
public final class Terminal {

    private Terminal() {}

    /** Whether lines may be written over: the launcher found a terminal, and it is not the simplest kind. */
    public static boolean canOverwrite(Map<String, String> environment) {
        return environment.getOrDefault("AETHER_TERMINAL", "").equals("yes")
                && !environment.getOrDefault("TERM", "dumb").equals("dumb");
    }
}
