package aether.domain.cluster;

import java.util.Base64;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Which settings of OpenID Connect an API server can be started with, and may be. */
final class OidcRules {

    private static final int MAX_URL = 512;
    /** Room for a chain of a few certificates. */
    private static final int MAX_AUTHORITY = 16 << 10;

    /** OpenID Connect Discovery §3: https, no query, no fragment; and no user, for it is no secret. */
    private static final Pattern ISSUER = Pattern.compile(
            "https://LABEL(?:\\.LABEL)*(?::([0-9]{1,5}))?(?:/(?:%[0-9A-Fa-f]{2}|[A-Za-z0-9._~!&'()*+,;=:@/-])*)?"
                    .replace("LABEL", "[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?"));

    private static final int PORT = 1;
    private static final int MAX_PORT = 65_535;

    private static final Pattern CLIENT = Pattern.compile("[!-~]{1,256}");
    private static final Pattern CLAIM = Pattern.compile("[A-Za-z0-9_.:/-]{1,128}");
    private static final Pattern PREFIX = Pattern.compile("[A-Za-z0-9_.:/@#-]{1,64}");
    private static final Pattern CERTIFICATES =
            Pattern.compile("(\\s*-----BEGIN CERTIFICATE-----[A-Za-z0-9+/=\\s]+-----END CERTIFICATE-----\\s*)+");

    private static final Pattern CERTIFICATE =
            Pattern.compile("-----BEGIN CERTIFICATE-----([^-]+)-----END CERTIFICATE-----");

    /** Every certificate is longer than 255 and shorter than 65536 bytes, so its length takes two (X.690 §8.1.3.5). */
    private static final int DER_HEADER = 4;

    private static final byte DER_SEQUENCE = 0x30;
    private static final byte DER_TWO_BYTES_OF_LENGTH = (byte) 0x82;

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
        Matcher form = ISSUER.matcher(url);
        return url.length() <= MAX_URL
                && form.matches()
                && (form.group(PORT) == null || isPort(Integer.parseInt(form.group(PORT))));
    }

    private static boolean isPort(int port) {
        return port > 0 && port <= MAX_PORT;
    }

    private static boolean areCertificates(String pem) {
        return pem.isEmpty()
                || (pem.length() <= MAX_AUTHORITY
                        && CERTIFICATES.matcher(pem).matches()
                        && CERTIFICATE.matcher(pem).results().allMatch(block -> isWhole(block.group(1))));
    }

    /**
     * A certificate is one DER SEQUENCE; one that was cut, or put together wrongly, is longer or shorter than it says.
     */
    private static boolean isWhole(String base64) {
        try {
            byte[] der = Base64.getMimeDecoder().decode(base64);
            return der.length > DER_HEADER
                    && der[0] == DER_SEQUENCE
                    && der[1] == DER_TWO_BYTES_OF_LENGTH
                    && (Byte.toUnsignedInt(der[2]) << Byte.SIZE) + Byte.toUnsignedInt(der[3])
                            == der.length - DER_HEADER;
        } catch (IllegalArgumentException noBase64) {
            return false;
        }
    }
}
