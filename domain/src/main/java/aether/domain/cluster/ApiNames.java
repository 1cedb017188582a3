package aether.domain.cluster;

import aether.domain.kernel.DnsLabel;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** What may stand beside the endpoint in the certificate of a cluster's API. */
public final class ApiNames {

    /** A certificate is sent with every handshake. */
    public static final int MAX = 16;

    /** RFC 1035 §2.3.4, without the trailing dot. */
    private static final int MAX_LENGTH = 253;

    private static final Pattern IPV4 = Pattern.compile("((25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])(\\.(?!$)|$)){4}");

    /** As RFC 5952 writes it, without checking what follows from it: the certificate's issuer does. */
    private static final Pattern IPV6 = Pattern.compile("(?=.*:.*:)[0-9a-f:]{2,39}");

    private ApiNames() {}

    /** What is wrong with them; empty when nothing is. */
    public static Optional<String> check(List<String> names) {
        if (names.size() > MAX) {
            return Optional.of("Expected at most " + MAX + " names for the API, but got " + names.size() + ".");
        }
        return names.stream()
                .filter(name -> !isName(name.toLowerCase(Locale.ROOT)) && !isAddress(name.toLowerCase(Locale.ROOT)))
                .findFirst()
                .map(name -> "Expected DNS names or IP addresses for the API, but one of " + name.length()
                        + " characters is neither.");
    }

    /** Each once, in lower case, in order: what means the same looks the same. */
    public static List<String> inOrder(List<String> names) {
        TreeSet<String> sorted = new TreeSet<>();
        names.forEach(name -> sorted.add(name.toLowerCase(Locale.ROOT)));
        return List.copyOf(sorted);
    }

    /** Whether it is an address rather than a name. */
    public static boolean isAddress(String name) {
        return IPV4.matcher(name).matches() || IPV6.matcher(name).matches();
    }

    /**
     * RFC 1123 §2.1; no wildcard, which would answer to names that nobody listed. A name of digits alone is no name.
     */
    private static boolean isName(String name) {
        String[] labels = name.split("\\.", -1);
        if (name.length() > MAX_LENGTH || labels[labels.length - 1].matches("[0-9]+")) {
            return false;
        }
        for (String label : labels) {
            if (!DnsLabel.isValid(label)) {
                return false;
            }
        }
        return true;
    }
}
