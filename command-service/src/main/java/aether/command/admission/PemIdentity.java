package aether.command.admission;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedKeyManager;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A server's certificate and key in two files, read again when they change: cert-manager renews them, and nobody is
 * there to restart the server.
 */
final class PemIdentity extends X509ExtendedKeyManager {

    private static final Logger LOG = LoggerFactory.getLogger(PemIdentity.class);

    private static final String ALIAS = "serving";

    private static final byte[] PROBE = "aether".getBytes(StandardCharsets.US_ASCII);

    private final Path certificateFile;

    private final Path keyFile;

    private Pair pair;

    private record Pair(List<X509Certificate> chain, PrivateKey key, FileTime certified, FileTime keyed) {
        @Override
        public String toString() {
            return "Pair[" + chain.getFirst().getSubjectX500Principal() + ", key=[hidden]]";
        }
    }

    /**
     * Reads both.
     *
     * @throws IllegalArgumentException when they are not a certificate and its key, naming the file
     */
    PemIdentity(Path certificateFile, Path keyFile) {
        this.certificateFile = certificateFile;
        this.keyFile = keyFile;
        this.pair = read();
    }

    private Pair read() {
        try {
            FileTime certified = Files.getLastModifiedTime(certificateFile);
            FileTime keyed = Files.getLastModifiedTime(keyFile);
            List<X509Certificate> chain = CertificateFactory.getInstance("X.509")
                    .generateCertificates(new ByteArrayInputStream(Files.readAllBytes(certificateFile)))
                    .stream()
                    .map(X509Certificate.class::cast)
                    .toList();
            if (chain.isEmpty()) {
                throw new IllegalArgumentException(
                        "Expected a certificate in " + certificateFile + ", but there is none.");
            }
            String algorithm = chain.getFirst().getPublicKey().getAlgorithm();
            PrivateKey key = KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(der(keyFile)));
            requireTogether(chain.getFirst(), key);
            return new Pair(chain, key, certified, keyed);
        } catch (IOException e) {
            throw new IllegalArgumentException(
                    "Expected to read " + certificateFile + " and " + keyFile + ", but could not: " + e.getMessage(),
                    e);
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException(
                    "Expected a certificate in " + certificateFile + " and its key in " + keyFile
                            + ", but they are not that.",
                    e);
        }
    }

    /** One file of a renewal may be there before the other. */
    private void requireTogether(X509Certificate certificate, PrivateKey key) throws GeneralSecurityException {
        Signature signature = Signature.getInstance(
                switch (key.getAlgorithm()) {
                    case "EC" -> "SHA256withECDSA";
                    case "RSA" -> "SHA256withRSA";
                    default -> key.getAlgorithm(); // Ed25519's is its own
                });
        signature.initSign(key);
        signature.update(PROBE);
        byte[] signed = signature.sign();
        signature.initVerify(certificate);
        signature.update(PROBE);
        if (!signature.verify(signed)) {
            throw new IllegalArgumentException("Expected " + keyFile + " to hold the key of the certificate in "
                    + certificateFile + ", but it is another's.");
        }
    }

    private static byte[] der(Path file) throws IOException {
        String text = Files.readString(file, StandardCharsets.US_ASCII);
        String begin = "-----BEGIN PRIVATE KEY-----";
        int start = text.indexOf(begin);
        int end = text.indexOf("-----END PRIVATE KEY-----");
        if (start < 0 || end < start) {
            throw new IllegalArgumentException("Expected a key as PKCS #8 in PEM in " + file
                    + ", but it is none; cert-manager writes one for privateKey.encoding PKCS8.");
        }
        return Base64.getMimeDecoder().decode(text.substring(start + begin.length(), end));
    }

    /** The newest pair that can be read; half of a renewal is not one. */
    private synchronized Pair current() {
        try {
            if (!Files.getLastModifiedTime(certificateFile).equals(pair.certified())
                    || !Files.getLastModifiedTime(keyFile).equals(pair.keyed())) {
                pair = read();
            }
        } catch (IOException | IllegalArgumentException e) {
            LOG.warn("Serving on with {}: {}", pair, e.getMessage());
        }
        return pair;
    }

    @Override
    public String chooseEngineServerAlias(String type, Principal @Nullable [] issuers, SSLEngine engine) {
        return ALIAS;
    }

    @Override
    public String chooseServerAlias(String type, Principal @Nullable [] issuers, Socket socket) {
        return ALIAS;
    }

    @Override
    public X509Certificate[] getCertificateChain(String alias) {
        return current().chain().toArray(X509Certificate[]::new);
    }

    @Override
    public PrivateKey getPrivateKey(String alias) {
        return current().key();
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
