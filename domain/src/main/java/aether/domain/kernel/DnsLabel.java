package aether.domain.kernel;

import java.util.regex.Pattern;

/**
 * The rule for names of organizations, clusters and pools: a DNS label as RFC 1123 §2.1 and RFC 1035 §2.3.4 define it.
 */
public final class DnsLabel {

    /** RFC 1035 §2.3.4: labels have at most 63 octets. */
    public static final int MAX_LENGTH = 63;

    private static final Pattern LABEL = Pattern.compile("[a-z0-9]([-a-z0-9]*[a-z0-9])?");

    private DnsLabel() {}

    /** Whether the text may be used as a name. */
    public static boolean isValid(String text) {
        return text.length() <= MAX_LENGTH && LABEL.matcher(text).matches();
    }

    /** The sentence for a person whose name was not a label; long input is cut. */
    public static String expected(String text) {
        String shown = text.length() <= MAX_LENGTH + 1 ? text : text.substring(0, MAX_LENGTH) + "…";
        return "Expected a DNS label (1 to 63 of a-z, 0-9 and '-', no '-' at either end), but got '" + shown + "' with "
                + text.length() + " characters.";
    }
}
