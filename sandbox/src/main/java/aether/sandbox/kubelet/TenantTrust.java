package aether.sandbox.kubelet;

import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.CertPathValidator;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.time.InstantSource;
import java.util.Date;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;
import javax.naming.ldap.Rdn;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedKeyManager;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/**
 * A tenant API's certificate, key and client CA. They can be exchanged while it serves; new connections see the new
 * ones. A client certificate of a stranger passes the handshake and gets 401, as at a real API server.
 */
final class TenantTrust {
    private static final String CLIENT_AUTH = "1.3.6.1.5.5.7.3.2";

    /** What one moment serves with. */
    record Material(List<X509Certificate> chain, PrivateKey key, List<X509Certificate> clientCas) {
        @Override
        public String toString() {
            return "Material[" + chain.getFirst().getSubjectX500Principal() + ", key=[hidden]]";
        }
    }

    /** Who a client certificate says its bearer is. */
    record Identity(String user, Set<String> groups) {}

    private volatile Material material;
    private final InstantSource clock;

    TenantTrust(Material material, InstantSource clock) {
        this.material = material;
        this.clock = clock;
    }

    void exchange(Material fresh) {
        material = fresh;
    }

    Material material() {
        return material;
    }

    SSLContext context() {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(new KeyManager[] {new Keys()}, new TrustManager[] {new AnyClient()}, null);
            return context;
        } catch (GeneralSecurityException unsupported) {
            throw new IllegalStateException("Expected this JDK to speak TLS, but it does not", unsupported);
        }
    }

    /** The identity that a verified chain names; empty for no or a strange certificate. */
    Optional<Identity> identify(List<Certificate> chain) {
        if (chain.isEmpty() || !(chain.getFirst() instanceof X509Certificate leaf)) {
            return Optional.empty();
        }
        try {
            PKIXParameters parameters = new PKIXParameters(material.clientCas().stream()
                    .map(ca -> new TrustAnchor(ca, null))
                    .collect(Collectors.toSet()));
            parameters.setRevocationEnabled(false);
            parameters.setDate(Date.from(clock.instant()));
            List<Certificate> path = chain.stream()
                    .filter(link -> !material.clientCas().contains(link))
                    .toList();
            CertPathValidator.getInstance("PKIX")
                    .validate(CertificateFactory.getInstance("X.509").generateCertPath(path), parameters);
            List<String> purposes = leaf.getExtendedKeyUsage();
            if (purposes == null || !purposes.contains(CLIENT_AUTH)) {
                return Optional.empty();
            }
            return Optional.of(identity(leaf));
        } catch (GeneralSecurityException | InvalidNameException stranger) {
            return Optional.empty();
        }
    }

    private static Identity identity(X509Certificate leaf) throws InvalidNameException {
        String user = "";
        Set<String> groups = new LinkedHashSet<>();
        for (Rdn part : new LdapName(leaf.getSubjectX500Principal().getName()).getRdns()) {
            if (part.getType().equalsIgnoreCase("CN")) {
                user = String.valueOf(part.getValue());
            } else if (part.getType().equalsIgnoreCase("O")) {
                groups.add(String.valueOf(part.getValue()));
            }
        }
        groups.add("system:authenticated");
        return new Identity(user, groups);
    }

    private final class Keys extends X509ExtendedKeyManager {
        private static final String ALIAS = "serving";

        @Override
        public @Nullable String chooseEngineServerAlias(String type, Principal @Nullable [] issuers, SSLEngine engine) {
            return fits(type) ? ALIAS : null;
        }

        @Override
        public @Nullable String chooseServerAlias(String type, Principal @Nullable [] issuers, Socket socket) {
            return fits(type) ? ALIAS : null;
        }

        private boolean fits(String type) {
            return type.startsWith(material.key().getAlgorithm());
        }

        @Override
        public X509Certificate[] getCertificateChain(String alias) {
            return material.chain().toArray(X509Certificate[]::new);
        }

        @Override
        public PrivateKey getPrivateKey(String alias) {
            return material.key();
        }

        @Override
        public String[] getServerAliases(String type, Principal @Nullable [] issuers) {
            return new String[] {ALIAS};
        }

        @Override
        public String[] getClientAliases(String type, Principal @Nullable [] issuers) {
            return new String[0];
        }

        @Override
        public @Nullable String chooseClientAlias(String[] types, Principal @Nullable [] issuers, Socket socket) {
            return null;
        }
    }

    /** Lets every certificate through the handshake; {@link #identify} judges it. */
    private final class AnyClient extends X509ExtendedTrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {
            // judged later, so that a stranger gets 401 and not a broken connection
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {
            // as above
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {
            // as above
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {
            throw new IllegalStateException("Expected to be a server, but was asked to trust one");
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {
            checkServerTrusted(chain, type);
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) {
            checkServerTrusted(chain, type);
        }

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return material.clientCas().toArray(X509Certificate[]::new);
        }
    }
}
