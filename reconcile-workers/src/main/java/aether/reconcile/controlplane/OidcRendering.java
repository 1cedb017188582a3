package aether.reconcile.controlplane;

import aether.domain.cluster.OidcSettings;
import aether.reconcile.render.Labels;
import aether.reconcile.render.Rendered;
import aether.reconcile.render.TenantNames;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyEgressRule;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPeer;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPeerBuilder;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.json.JsonWriteFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * How an API server knows the people of a customer's identity provider: by flags, or by the file that tells it
 * everything about authentication where there is one, for a server that has the file takes no flags.
 */
final class OidcRendering {

    /** The certificates that the issuer is trusted by, for servers that are told by flags. */
    static final String AUTHORITY = "oidc-authority";

    private static final String AUTHORITY_FILE = "ca.crt";
    private static final int HTTPS = 443;

    /**
     * An issuer is named by a customer, so the API server may go out to it, and not into networks that are no public
     * ones: those of the site, of other tenants, of the machine itself. Source: the registries of special-purpose
     * addresses (RFC 6890).
     */
    private static final List<String> NOT_PUBLIC_4 = List.of(
            "0.0.0.0/8",
            "10.0.0.0/8",
            "100.64.0.0/10",
            "127.0.0.0/8",
            "169.254.0.0/16",
            "172.16.0.0/12",
            "192.0.0.0/24",
            "192.168.0.0/16",
            "198.18.0.0/15",
            "224.0.0.0/3");

    private static final List<String> NOT_PUBLIC_6 =
            List.of("::/127", "64:ff9b::/96", "fc00::/7", "fe80::/10", "ff00::/8");

    /** What JSON writes is YAML, but for characters that break a line in YAML alone. */
    private static final JsonMapper JSON =
            JsonMapper.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

    private OidcRendering() {}

    private static boolean isInFile(DesiredControlPlane desired) {
        return MinorRow.of(desired.versions().apiServers()).openHealth();
    }

    private static OidcSettings oidc(DesiredControlPlane desired) {
        return desired.settings().oidc();
    }

    /** Whether its certificates have to be mounted. */
    static boolean hasAuthority(DesiredControlPlane desired) {
        return oidc(desired).hasIssuer()
                && !oidc(desired).certificateAuthority().isEmpty()
                && !isInFile(desired);
    }

    /** The certificates that it is trusted by; empty when everybody's are, or the file has them. */
    static Optional<Rendered> authority(DesiredControlPlane desired) {
        if (!hasAuthority(desired)) {
            return Optional.empty();
        }
        return Optional.of(Rendered.of(new ConfigMapBuilder()
                .withNewMetadata()
                .withNamespace(TenantNames.namespace(desired.clusterId()))
                .withName(AUTHORITY)
                .withLabels(Labels.of(desired.organizationId(), desired.clusterId()))
                .endMetadata()
                .addToData(AUTHORITY_FILE, oidc(desired).certificateAuthority())
                .build()));
    }

    /** The arguments of a server without the file. */
    static List<String> flags(DesiredControlPlane desired) {
        OidcSettings oidc = oidc(desired);
        if (!oidc.hasIssuer() || isInFile(desired)) {
            return List.of();
        }
        List<String> flags = new ArrayList<>(List.of(
                "--oidc-issuer-url=" + oidc.issuerUrl(),
                "--oidc-client-id=" + oidc.clientId(),
                "--oidc-username-claim=" + oidc.usernameClaim(),
                "--oidc-username-prefix=" + oidc.usernamePrefix()));
        if (!oidc.groupsClaim().isEmpty()) {
            flags.add("--oidc-groups-claim=" + oidc.groupsClaim());
            flags.add("--oidc-groups-prefix=" + oidc.groupsPrefix());
        }
        if (hasAuthority(desired)) {
            flags.add("--oidc-ca-file=/pki/" + AUTHORITY + "/" + AUTHORITY_FILE);
        }
        return List.copyOf(flags);
    }

    /** The part of the file; every text in it is quoted, for it is a customer's. */
    static String inFile(DesiredControlPlane desired) {
        OidcSettings oidc = oidc(desired);
        if (!oidc.hasIssuer()) {
            return "";
        }
        StringBuilder file = new StringBuilder("jwt:\n- issuer:\n");
        line(file, "    url", oidc.issuerUrl());
        file.append("    audiences:\n    - ")
                .append(JSON.writeValueAsString(oidc.clientId()))
                .append('\n');
        if (!oidc.certificateAuthority().isEmpty()) {
            line(file, "    certificateAuthority", oidc.certificateAuthority());
        }
        file.append("  claimMappings:\n    username:\n");
        line(file, "      claim", oidc.usernameClaim());
        line(file, "      prefix", oidc.usernamePrefix());
        if (!oidc.groupsClaim().isEmpty()) {
            file.append("    groups:\n");
            line(file, "      claim", oidc.groupsClaim());
            line(file, "      prefix", oidc.groupsPrefix());
        }
        return file.toString();
    }

    private static void line(StringBuilder file, String field, String value) {
        file.append(field).append(": ").append(JSON.writeValueAsString(value)).append('\n');
    }

    /** The way to the issuer; none without one. */
    static List<NetworkPolicyEgressRule> flows(DesiredControlPlane desired) {
        if (!oidc(desired).hasIssuer()) {
            return List.of();
        }
        int port = URI.create(oidc(desired).issuerUrl()).getPort();
        return List.of(IsolationRendering.out(
                port < 0 ? HTTPS : port, everywhere("0.0.0.0/0", NOT_PUBLIC_4), everywhere("::/0", NOT_PUBLIC_6)));
    }

    private static NetworkPolicyPeer everywhere(String all, List<String> but) {
        return new NetworkPolicyPeerBuilder()
                .withNewIpBlock()
                .withCidr(all)
                .withExcept(but)
                .endIpBlock()
                .build();
    }
}
