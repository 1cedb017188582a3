package aether.command.gateway;

import java.io.IOException;
import java.io.StringWriter;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.spec.ECGenParameterSpec;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.openssl.jcajce.JcaPKCS8Generator;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.pkcs.jcajce.JcaPKCS10CertificationRequestBuilder;

/**
 * A new key, and the request for its certificate (PKCS #10, RFC 2986).
 *
 * @param request in PEM
 * @param key in PEM (PKCS #8)
 */
record SigningRequest(String request, String key) {

    /** ECDSA on P-256: what every client of Kubernetes can do, and made in a moment. */
    static SigningRequest make(ClientCertificates.Wish wish, SecureRandom chance) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"), chance);
            KeyPair pair = generator.generateKeyPair();
            var request = new JcaPKCS10CertificationRequestBuilder(subject(wish), pair.getPublic())
                    .build(new JcaContentSignerBuilder("SHA256withECDSA").build(pair.getPrivate()));
            return new SigningRequest(pem(request), pem(new JcaPKCS8Generator(pair.getPrivate(), null)));
        } catch (GeneralSecurityException | OperatorCreationException | IOException e) {
            throw new IllegalStateException(
                    "Expected to make a key and a request for its certificate, but could not", e);
        }
    }

    /** The order is cert-manager's: groups first. */
    private static X500Name subject(ClientCertificates.Wish wish) {
        X500NameBuilder subject = new X500NameBuilder(BCStyle.INSTANCE);
        wish.groups().forEach(group -> subject.addRDN(BCStyle.O, group));
        return subject.addRDN(BCStyle.CN, wish.user()).build();
    }

    private static String pem(Object object) throws IOException {
        StringWriter text = new StringWriter();
        try (JcaPEMWriter writer = new JcaPEMWriter(text)) {
            writer.writeObject(object);
        }
        return text.toString();
    }

    @Override
    public String toString() {
        return "SigningRequest[key=[hidden]]";
    }
}
