package aether.standalone.platform;

import org.jspecify.annotations.Nullable;

/** Finds the sentence worth reading in a chain of causes: the innermost one that says something. */
final class Sentences {

    /** Deeper chains are cut; no part of ours nests its causes this far. */
    private static final int DEEPEST = 16;

    private Sentences() {}

    static String of(Throwable failure) {
        String sentence = failure.getClass().getSimpleName();
        @Nullable Throwable cause = failure;
        for (int depth = 0; cause != null && depth < DEEPEST; depth++) {
            String message = cause.getMessage();
            if (message != null && !message.isBlank()) {
                sentence = message.lines().findFirst().orElse(message);
            }
            cause = cause.getCause();
        }
        return sentence;
    }
}
