package aether.domain.cluster;

/**
 * How people of a customer's own identity provider are known at the API of a cluster (OpenID Connect). Empty texts
 * stand for what is not set.
 *
 * @param issuerUrl who signs the tokens, an https URL; empty for nobody
 * @param clientId the audience that tokens have to be for
 * @param usernameClaim the claim that holds the user's name
 * @param usernamePrefix stands before every such name
 * @param groupsClaim the claim that holds the user's groups; empty for no groups
 * @param groupsPrefix stands before every such group
 * @param certificateAuthority whom the issuer's own certificate is trusted for, in PEM; empty for what everybody trusts
 */
public record OidcSettings(
        String issuerUrl,
        String clientId,
        String usernameClaim,
        String usernamePrefix,
        String groupsClaim,
        String groupsPrefix,
        String certificateAuthority) {

    /** Nobody's tokens are taken but the cluster's own. */
    public static final OidcSettings NONE = new OidcSettings("", "", "", "", "", "", "");

    /** The claim that every issuer has to fill (OpenID Connect Core §2). */
    public static final String DEFAULT_CLAIM = "sub";

    /** Keeps names of an issuer apart from names of ours. */
    public static final String DEFAULT_PREFIX = "oidc:";

    /** Whether there is an issuer. */
    public boolean hasIssuer() {
        return !issuerUrl.isEmpty();
    }
}
