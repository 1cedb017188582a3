package aether.sandbox.certificates;

import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** Real keys and real X.509, from what a Certificate object asks for. */
final class X509Issuance {
    private static final int SERIAL_BITS = 127;
    private static final SecureRandom RANDOM = new SecureRandom();
    static final Map<String, Integer> KEY_USAGES = Map.of(
            "digital signature", KeyUsage.digitalSignature,
            "signing", KeyUsage.digitalSignature,
            "content commitment", KeyUsage.nonRepudiation,
            "key encipherment", KeyUsage.keyEncipherment,
            "data encipherment", KeyUsage.dataEncipherment,
            "key agreement", KeyUsage.keyAgreement,
            "cert sign", KeyUsage.keyCertSign,
            "crl sign", KeyUsage.cRLSign);
    static final Map<String, KeyPurposeId> EXTENDED_USAGES = Map.of(
            "server auth", KeyPurposeId.id_kp_serverAuth,
            "client auth", KeyPurposeId.id_kp_clientAuth,
            "code signing", KeyPurposeId.id_kp_codeSigning,
            "email protection", KeyPurposeId.id_kp_emailProtection,
            "ocsp signing", KeyPurposeId.id_kp_OCSPSigning);

    /** Who signs: a certificate chain, nearest first, and its key. */
    record Signer(List<X509Certificate> chain, PrivateKey key) {
        @Override
        public String toString() {
            return "Signer[" + chain.getFirst().getSubjectX500Principal() + ", key=[hidden]]";
        }
    }

    private X509Issuance() {}

    static KeyPair newKey(CertificateSpec.KeySpec spec) {
        try {
            if (spec.algorithm().equals("RSA")) {
                KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
                generator.initialize(spec.size());
                return generator.generateKeyPair();
            }
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp" + spec.size() + "r1"));
            return generator.generateKeyPair();
        } catch (GeneralSecurityException unsupported) {
            throw new IllegalArgumentException(
                    "Expected a key size that exists, but got " + spec.algorithm() + " " + spec.size(), unsupported);
        }
    }

    /** A certificate signed by the signer. */
    static X509Certificate sign(CertificateSpec spec, PublicKey key, Signer signer, Instant now) {
        X500Name issuer = X500Name.getInstance(
                signer.chain().getFirst().getSubjectX500Principal().getEncoded());
        return build(spec, issuer, key, signer.chain().getFirst().getPublicKey(), signer.key(), now);
    }

    /** A certificate signed with its own key. */
    static X509Certificate selfSign(CertificateSpec spec, KeyPair pair, Instant now) {
        return build(spec, subject(spec), pair.getPublic(), pair.getPublic(), pair.getPrivate(), now);
    }

    private static X500Name subject(CertificateSpec spec) {
        X500NameBuilder name = new X500NameBuilder(BCStyle.INSTANCE);
        spec.organizations().forEach(organization -> name.addRDN(BCStyle.O, organization));
        if (!spec.commonName().isEmpty()) {
            name.addRDN(BCStyle.CN, spec.commonName());
        }
        return name.build();
    }

    private static X509Certificate build(
            CertificateSpec spec,
            X500Name issuer,
            PublicKey key,
            PublicKey issuerKey,
            PrivateKey signingKey,
            Instant now) {
        JcaX509v3CertificateBuilder builder = new JcaX509v3CertificateBuilder(
                issuer,
                new BigInteger(SERIAL_BITS, RANDOM).add(BigInteger.ONE),
                Date.from(now),
                Date.from(now.plus(spec.duration())),
                subject(spec),
                key);
        try {
            addExtensions(builder, spec, key, issuerKey);
            String algorithm = signingKey.getAlgorithm().equals("RSA") ? "SHA256withRSA" : "SHA256withECDSA";
            return new JcaX509CertificateConverter()
                    .getCertificate(builder.build(new JcaContentSignerBuilder(algorithm).build(signingKey)));
        } catch (IOException | GeneralSecurityException | OperatorCreationException failed) {
            throw new IllegalStateException("Expected to sign a certificate, but " + failed.getMessage(), failed);
        }
    }

    private static void addExtensions(
            JcaX509v3CertificateBuilder builder, CertificateSpec spec, PublicKey key, PublicKey issuerKey)
            throws IOException, GeneralSecurityException {
        JcaX509ExtensionUtils ids = new JcaX509ExtensionUtils();
        builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(spec.isCa()));
        builder.addExtension(Extension.subjectKeyIdentifier, false, ids.createSubjectKeyIdentifier(key));
        builder.addExtension(Extension.authorityKeyIdentifier, false, ids.createAuthorityKeyIdentifier(issuerKey));
        int bits = 0;
        List<KeyPurposeId> purposes = new ArrayList<>();
        for (String usage : spec.usages()) {
            bits |= KEY_USAGES.getOrDefault(usage, 0);
            Optional.ofNullable(EXTENDED_USAGES.get(usage)).ifPresent(purposes::add);
        }
        if (bits != 0) { // an empty one would forbid everything
            builder.addExtension(Extension.keyUsage, true, new KeyUsage(bits));
        }
        if (!purposes.isEmpty()) {
            builder.addExtension(
                    Extension.extendedKeyUsage, false, new ExtendedKeyUsage(purposes.toArray(KeyPurposeId[]::new)));
        }
        List<GeneralName> names = new ArrayList<>();
        spec.dnsNames().forEach(name -> names.add(new GeneralName(GeneralName.dNSName, name)));
        spec.ipAddresses().forEach(address -> names.add(new GeneralName(GeneralName.iPAddress, address)));
        spec.uris().forEach(uri -> names.add(new GeneralName(GeneralName.uniformResourceIdentifier, uri)));
        if (!names.isEmpty()) {
            boolean nameless =
                    spec.commonName().isEmpty() && spec.organizations().isEmpty(); // then RFC 5280 wants it critical
            builder.addExtension(
                    Extension.subjectAlternativeName, nameless, new GeneralNames(names.toArray(GeneralName[]::new)));
        }
    }
}
