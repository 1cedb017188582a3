package aether.domain.cluster;

import aether.domain.kernel.DnsLabel;
import java.util.Optional;
import java.util.Set;

/** Which domains a customer may choose for a cluster's API. */
public final class PublicDomains {

    /** RFC 1035 §2.3.4 allows 253; in front of it comes {@code _acme-challenge.}. */
    public static final int MAX_LENGTH = 253 - "_acme-challenge.".length();

    /**
     * Two labels are a registered domain at most, and often a suffix that nobody can own ({@code co.uk}); an API has a
     * name below.
     */
    private static final int MIN_LABELS = 3;

    /**
     * RFC 6761, 6762, 7686, 8375, 9476, and what ICANN has set aside (lan is in wide use): no public authority may
     * certify a name below these.
     */
    private static final Set<String> NEVER_PUBLIC =
            Set.of("local", "localhost", "internal", "invalid", "onion", "arpa", "alt", "lan", "home", "corp");

    private PublicDomains() {}

    /** What is wrong with it; empty when nothing is. It is in small letters already. */
    public static Optional<String> check(String domain) {
        String[] labels = domain.split("\\.", -1);
        if (domain.length() > MAX_LENGTH) {
            return Optional.of(
                    "Expected a domain of at most " + MAX_LENGTH + " characters, but it has " + domain.length() + ".");
        }
        for (String label : labels) {
            if (!DnsLabel.isValid(label)) {
                return Optional.of("Expected a domain of letters, digits, hyphens and dots (RFC 1123), but one of "
                        + domain.length() + " characters is none.");
            }
        }
        String last = labels[labels.length - 1];
        if (ApiNames.isAddress(domain) || last.matches("[0-9]+")) {
            return Optional.of("Expected a domain, but got an address.");
        }
        if (labels.length < MIN_LABELS) {
            return Optional.of(
                    "Expected a name below a registered domain, such as api." + domain + ", but got '" + domain + "'.");
        }
        return NEVER_PUBLIC.contains(last)
                ? Optional.of("Expected a domain of the public DNS, but nobody certifies names below '" + last + "'.")
                : Optional.empty();
    }
}
