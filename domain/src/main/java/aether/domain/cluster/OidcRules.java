package aether.domain.cluster;

import java.io.ByteArrayInputStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.util.Optional;
import java.util.regex.Pattern;

/** Which settings of OpenID Connect an API server can be started with, and may be. */
final class OidcRules {

    private static final int MAX_URL = 512;
    /** Room for a chain of a few certificates. */
    private static final int MAX_AUTHORITY = 16 << 10;

    private static final Pattern CLIENT = Pattern.compile("[!-~]{1,256}");
    private static final Pattern CLAIM = Pattern.compile("[A-Za-z0-9_.:/-]{1,128}");
    private static final Pattern PREFIX = Pattern.compile("[A-Za-z0-9_.:/@#-]{1,64}");
    private static final Pattern CERTIFICATES =
            Pattern.compile("(\\s*-----BEGIN CERTIFICATE-----[A-Za-z0-9+/=\\s]+-----END CERTIFICATE-----\\s*)+");

    private OidcRules() {}

    /** The first field that is wrong, and why; empty when none is. */
    static Optional<ClusterRejection.InvalidSetting> check(OidcSettings oidc) {
        if (oidc.equals(OidcSettings.NONE)) {
            return Optional.empty();
        }
        return wrong("issuer_url", isIssuer(oidc.issuerUrl()), "an https URL without user, query and fragment")
                .or(() -> wrong(
                        "client_id",
                        CLIENT.matcher(oidc.clientId()).matches()
                                && !oidc.clientId().contains("$("),
                        "1 to 256 printable characters without spaces"))
                .or(() -> wrong(
                        "username_claim", CLAIM.matcher(oidc.usernameClaim()).matches(), "the name of a claim"))
                .or(() -> prefix("username_prefix", oidc.usernamePrefix()))
                .or(() -> wrong(
                        "groups_claim",
                        oidc.groupsClaim().isEmpty()
                                || CLAIM.matcher(oidc.groupsClaim()).matches(),
                        "the name of a claim, or nothing"))
                .or(() -> prefix("groups_prefix", oidc.groupsPrefix()))
                .or(() -> wrong(
                        "certificate_authority",
                        areCertificates(oidc.certificateAuthority()),
                        "certificates in PEM and nothing else, at most " + MAX_AUTHORITY + " characters"));
    }

    private static Optional<ClusterRejection.InvalidSetting> wrong(String field, boolean right, String expected) {
        return right
                ? Optional.empty()
                : Optional.of(new ClusterRejection.InvalidSetting(
                        "oidc." + field, "Expected " + expected + ", but got something else."));
    }

    /** Without one, whoever runs the issuer could name themselves a node, or a member of system:masters. */
    private static Optional<ClusterRejection.InvalidSetting> prefix(String field, String prefix) {
        return wrong(
                field,
                PREFIX.matcher(prefix).matches() && !prefix.equals("-") && !prefix.startsWith("system:"),
                "1 to 64 letters, digits or _.:/@#- that keep the issuer's names apart from the cluster's own"
                        + " (not - alone, not system:)");
    }

    private static boolean isIssuer(String url) {
        try {
            URI uri = new URI(url);
            return url.length() <= MAX_URL
                    && "https".equals(uri.getScheme())
                    && uri.getHost() != null
                    && uri.getRawUserInfo() == null
                    && uri.getRawQuery() == null
                    && uri.getRawFragment() == null
                    && url.chars().allMatch(character -> character < 128)
                    && !url.contains("$(");
        } catch (URISyntaxException none) {
            return false;
        }
    }

    private static boolean areCertificates(String pem) {
        if (pem.isEmpty()) {
            return true;
        }
        if (pem.length() > MAX_AUTHORITY || !CERTIFICATES.matcher(pem).matches()) {
            return false;
        }
        try {
            return !CertificateFactory.getInstance("X.509")
                    .generateCertificates(new ByteArrayInputStream(pem.getBytes(StandardCharsets.US_ASCII)))
                    .isEmpty();
        } catch (CertificateException none) {
            return false;
        }
    }
}
