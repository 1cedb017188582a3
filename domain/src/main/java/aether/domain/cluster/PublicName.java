package aether.domain.cluster;

import org.jspecify.annotations.Nullable;

/**
 * The name under which a cluster's API shows a certificate that everybody trusts.
 *
 * @param domain the customer's own; empty for the one that the site gives, if it gives any
 * @param name the one that was asked for; empty while none is
 * @param delegation what {@code _acme-challenge.<name>} has to be an alias of; empty when the zone is the site's own
 * @param certificate the one that is issued for it; absent before that
 * @param fault who has to put right what keeps it from being issued or renewed; absent while nothing does
 * @param reason what does; empty while nothing does
 */
public record PublicName(
        String domain,
        String name,
        String delegation,
        @Nullable IssuedCertificate certificate,
        @Nullable Fault fault,
        String reason) {

    /** Before anything was asked for. */
    public static final PublicName NONE = new PublicName("", "", "", null, null, "");

    /** Whether a name is asked for now. */
    public boolean isAsked() {
        return !name.isEmpty();
    }

    /** For a person, without a period at its end. */
    public String sentence() {
        if (fault != null) {
            return (isAsked() ? name : domain) + " waits for " + fault.spoken() + ": " + reason;
        }
        if (certificate != null) {
            return "The API answers as " + name + " until " + certificate.notAfter();
        }
        return isAsked() ? "A certificate for " + name + " is asked for" : "No public name is asked for";
    }

    /** What is asked for stays until a worker has taken it away or asked for the next. */
    PublicName choosing(String next) {
        return new PublicName(next, name, delegation, certificate, null, "");
    }

    PublicName asking(String next, String target) {
        return new PublicName(domain, next, target, null, null, "");
    }

    PublicName issued(IssuedCertificate next) {
        return new PublicName(domain, name, delegation, next, null, "");
    }

    /** What is issued stays good until its end. */
    PublicName failing(Fault whose, String why) {
        return new PublicName(domain, name, delegation, certificate, whose, why);
    }
}
