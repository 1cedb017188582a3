package aether.archive.keys;

import java.util.regex.Pattern;

/**
 * The number of a case, as the event log takes it. What is done to a key cannot be undone and is entered into the log
 * only afterwards, so what would be refused there is refused before.
 */
public final class CaseNumber {

    private static final int MAX = 64;

    /** With a digit, so that nobody files a case under a person's name. */
    private static final Pattern FORM = Pattern.compile("(?=.*[0-9])[A-Za-z0-9][A-Za-z0-9./_-]{0," + (MAX - 1) + "}");

    private CaseNumber() {}

    /**
     * Refuses what is neither the number of a case nor nothing.
     *
     * @throws IllegalArgumentException saying what was expected, without what may be a name
     */
    public static void require(String reference) {
        if (!reference.isEmpty() && !FORM.matcher(reference).matches()) {
            throw new IllegalArgumentException("Expected the number of a case, with a digit, of letters, digits and"
                    + " ./_- and of at most " + MAX + " characters, or nothing, but got " + reference.length()
                    + " other characters.");
        }
    }
}
