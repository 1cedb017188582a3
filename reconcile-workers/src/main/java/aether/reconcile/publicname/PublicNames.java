package aether.reconcile.publicname;

import aether.domain.cluster.ClusterId;
import aether.domain.kernel.DnsLabel;
import java.net.URI;

/**
 * How a site gives its tenants' APIs public names.
 *
 * @param baseDomain names are given as {@code <cluster>.<organization>.<region>.<baseDomain>}; its zone is the solver's
 * @param server the ACME directory
 * @param email whom the authority writes to; empty for nobody
 * @param caBundle base64 of the PEM that the directory's own certificate is checked against; empty for the system's
 * @param solver how records come into the zone
 */
public record PublicNames(String baseDomain, URI server, String email, String caBundle, Solver solver) {

    public PublicNames {
        for (String label : baseDomain.split("\\.", -1)) {
            if (!DnsLabel.isValid(label)) {
                throw new IllegalArgumentException(
                        "Expected a base domain of DNS labels for public names, but got " + baseDomain + ".");
            }
        }
        if (!"https".equals(server.getScheme())) {
            throw new IllegalArgumentException(
                    "Expected an https address of an ACME directory, but got " + server + ".");
        }
    }

    /** The name that the site gives. */
    public String given(String cluster, String organization, String region) {
        return String.join(".", cluster, organization, region, baseDomain);
    }

    /** Whether a name lies below the site's own domain, where names are given and not chosen. */
    public boolean isOurs(String name) {
        return name.equals(baseDomain) || name.endsWith("." + baseDomain);
    }

    /**
     * What a customer's zone names as the alias of {@code _acme-challenge.<domain>}. It holds the cluster's id, so that
     * the owner of a domain says for which cluster it may be certified, and no other tenant can have it.
     */
    public String delegation(ClusterId cluster) {
        return cluster + ".acme." + baseDomain;
    }
}
