package aether.sandbox.certificates;

import aether.sandbox.journal.Json;
import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPrivateKey;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.openssl.PEMKeyPair;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.openssl.jcajce.JcaMiscPEMGenerator;
import org.bouncycastle.openssl.jcajce.JcaPEMKeyConverter;
import org.bouncycastle.util.io.pem.PemObject;
import org.bouncycastle.util.io.pem.PemObjectGenerator;
import org.bouncycastle.util.io.pem.PemWriter;
import tools.jackson.databind.JsonNode;

/** Certificates and keys between their objects and the text in a Secret. */
public final class Pem {
    private Pem() {}

    /** The certificates in the text, in its order. */
    public static List<X509Certificate> certificates(String text) {
        List<X509Certificate> chain = new ArrayList<>();
        try (PEMParser parser = new PEMParser(new StringReader(text))) {
            for (Object next = parser.readObject(); next != null; next = parser.readObject()) {
                if (next instanceof X509CertificateHolder holder) {
                    chain.add(new JcaX509CertificateConverter().getCertificate(holder));
                }
            }
        } catch (IOException | CertificateException unreadable) {
            throw new IllegalArgumentException(
                    "Expected certificates in PEM, but " + unreadable.getMessage(), unreadable);
        }
        return chain;
    }

    /** The first private key in the text: PKCS#1, SEC1 or PKCS#8. */
    public static Optional<PrivateKey> privateKey(String text) {
        try (PEMParser parser = new PEMParser(new StringReader(text))) {
            for (Object next = parser.readObject(); next != null; next = parser.readObject()) {
                if (next instanceof PEMKeyPair pair) {
                    return Optional.of(new JcaPEMKeyConverter().getPrivateKey(pair.getPrivateKeyInfo()));
                }
                if (next instanceof PrivateKeyInfo info) {
                    return Optional.of(new JcaPEMKeyConverter().getPrivateKey(info));
                }
            }
            return Optional.empty();
        } catch (IOException unreadable) {
            throw new IllegalArgumentException("Expected a private key in PEM, but it cannot be read", unreadable);
        }
    }

    static String text(X509Certificate certificate) {
        try {
            return write(new PemObject("CERTIFICATE", certificate.getEncoded()));
        } catch (CertificateException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** The private key: PKCS#8 if asked, else PKCS#1 or SEC1, each complete with curve and public key. */
    static String text(KeyPair pair, boolean pkcs8) {
        PrivateKey key = pair.getPrivate();
        try {
            if (pkcs8) {
                return write(new PemObject("PRIVATE KEY", key.getEncoded()));
            }
            if (!(key instanceof ECPrivateKey curveKey)) {
                return write(new JcaMiscPEMGenerator(key));
            }
            // The JDK leaves curve and public key out of the inner structure; readers of SEC1 need them.
            SubjectPublicKeyInfo info =
                    SubjectPublicKeyInfo.getInstance(pair.getPublic().getEncoded());
            var sec1 = new org.bouncycastle.asn1.sec.ECPrivateKey(
                    curveKey.getParams().getOrder().bitLength(),
                    curveKey.getS(),
                    info.getPublicKeyData(),
                    info.getAlgorithm().getParameters());
            return write(new PemObject("EC PRIVATE KEY", sec1.getEncoded()));
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    private static String write(PemObjectGenerator value) {
        StringWriter out = new StringWriter();
        try (PemWriter writer = new PemWriter(out)) {
            writer.writeObject(value);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return out.toString();
    }

    /** The decoded text of one entry of a Secret, empty when it has none. */
    public static String entry(JsonNode secret, String name) {
        return new String(Base64.getDecoder().decode(Json.text(secret.path("data"), name)), StandardCharsets.UTF_8);
    }
}
