package aether.archive.stamp;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.cmp.PKIFailureInfo;
import org.bouncycastle.asn1.cmp.PKIStatus;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.cert.jcajce.JcaCertStore;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.cms.jcajce.JcaSimpleSignerInfoGeneratorBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.operator.jcajce.JcaDigestCalculatorProviderBuilder;
import org.bouncycastle.tsp.TSPAlgorithms;
import org.bouncycastle.tsp.TSPException;
import org.bouncycastle.tsp.TimeStampRequest;
import org.bouncycastle.tsp.TimeStampRequestGenerator;
import org.bouncycastle.tsp.TimeStampResponseGenerator;
import org.bouncycastle.tsp.TimeStampTokenGenerator;

/** A time-stamping authority of our own, which can be told to answer wrongly. */
public final class TestAuthority {

    /** When its certificates begin; they last for ten years. */
    public static final Instant BEGIN = Instant.parse("2026-01-01T00:00:00Z");

    private static final Duration LIFE = Duration.ofDays(3_650);
    private static final ASN1ObjectIdentifier POLICY = new ASN1ObjectIdentifier("1.3.6.1.4.1.32473.1");

    private static final KeyPurposeId ROOT = KeyPurposeId.anyExtendedKeyUsage;
    private static final KeyPurposeId STAMPING = KeyPurposeId.id_kp_timeStamping;
    private static final KeyPurposeId SERVER = KeyPurposeId.id_kp_serverAuth;

    /** What it may do wrong. */
    public enum Fault {
        NONE,
        REJECTS,
        SAYS_NOTHING,
        SAYS_SOMETHING_ELSE,
        STAMPS_SOMETHING_ELSE,
        ANSWERS_ANOTHER_QUESTION,
        KEEPS_ITS_CERTIFICATE,
        IS_FOR_SOMETHING_ELSE,
        IS_PAST_ITS_CERTIFICATE,
        SIGNS_BADLY
    }

    private final KeyPair key = keyPair();
    private final X509Certificate root;
    private final X509Certificate certificate;
    private final X509Certificate forServers;
    private long serial;

    private TestAuthority(String name) throws GeneralSecurityException, OperatorCreationException, IOException {
        KeyPair rootKey = keyPair();
        X500Name above = new X500Name("CN=Root of " + name);
        root = certificate(rootKey, above, rootKey, above, ROOT);
        certificate = certificate(rootKey, above, key, new X500Name("CN=" + name), STAMPING);
        forServers = certificate(rootKey, above, key, new X500Name("CN=" + name), SERVER);
    }

    /** An authority with new keys. */
    public static TestAuthority named(String name) {
        try {
            return new TestAuthority(name);
        } catch (GeneralSecurityException | OperatorCreationException | IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Trust in its own certificate. */
    public TrustedAuthorities itself() {
        return new TrustedAuthorities(List.of(certificate));
    }

    /** Trust in the root above it. */
    public TrustedAuthorities above() {
        return new TrustedAuthorities(List.of(root));
    }

    /** The root as a file holds it. */
    public String pem() {
        try {
            return "-----BEGIN CERTIFICATE-----\n"
                    + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(root.getEncoded())
                    + "\n-----END CERTIFICATE-----\n";
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The timestamp of these bytes as it is kept. */
    public byte[] stamp(byte[] stamped, Instant now) {
        byte[] question = TimestampQuestion.about(stamped, new SecureRandom()).encode();
        return TokenCheck.form(answer(question, now, Fault.NONE)).orElseThrow();
    }

    /** Answers a question at a time. */
    public byte[] answer(byte[] question, Instant now, Fault fault) {
        try {
            return answered(new TimeStampRequest(question), now, fault);
        } catch (IOException | TSPException | GeneralSecurityException | OperatorCreationException e) {
            throw new IllegalStateException(e);
        }
    }

    private byte[] answered(TimeStampRequest question, Instant now, Fault fault)
            throws IOException, TSPException, GeneralSecurityException, OperatorCreationException {
        return switch (fault) {
            case NONE -> granted(question, now, certificate);
            case REJECTS ->
                responses(certificate)
                        .generateFailResponse(PKIStatus.REJECTION, PKIFailureInfo.badRequest, "not today")
                        .getEncoded();
            case SAYS_NOTHING -> new byte[0];
            case SAYS_SOMETHING_ELSE -> "<html>welcome</html>".getBytes(UTF_8);
            case STAMPS_SOMETHING_ELSE -> granted(request(new byte[32], question.getNonce(), true), now, certificate);
            case ANSWERS_ANOTHER_QUESTION ->
                granted(request(question.getMessageImprintDigest(), BigInteger.TEN, true), now, certificate);
            case KEEPS_ITS_CERTIFICATE ->
                granted(request(question.getMessageImprintDigest(), question.getNonce(), false), now, certificate);
            case IS_FOR_SOMETHING_ELSE -> granted(question, now, forServers);
            case IS_PAST_ITS_CERTIFICATE -> granted(question, BEGIN.plus(LIFE).plusSeconds(1), certificate);
            case SIGNS_BADLY -> {
                byte[] bytes = granted(question, now, certificate);
                bytes[bytes.length - 1] ^= 1; // the end of the signature
                yield bytes;
            }
        };
    }

    private static TimeStampRequest request(byte[] digest, BigInteger nonce, boolean certificate) {
        TimeStampRequestGenerator generator = new TimeStampRequestGenerator();
        generator.setCertReq(certificate);
        return generator.generate(TSPAlgorithms.SHA256, digest, nonce);
    }

    private byte[] granted(TimeStampRequest question, Instant now, X509Certificate enclosed)
            throws IOException, TSPException, GeneralSecurityException, OperatorCreationException {
        return responses(enclosed)
                .generate(question, BigInteger.valueOf(++serial), Date.from(now))
                .getEncoded();
    }

    private TimeStampResponseGenerator responses(X509Certificate enclosed)
            throws TSPException, GeneralSecurityException, OperatorCreationException {
        TimeStampTokenGenerator tokens = new TimeStampTokenGenerator(
                new JcaSimpleSignerInfoGeneratorBuilder().build("SHA256withECDSA", key.getPrivate(), certificate),
                new JcaDigestCalculatorProviderBuilder().build().get(new AlgorithmIdentifier(TSPAlgorithms.SHA256)),
                POLICY);
        tokens.addCertificates(new JcaCertStore(List.of(enclosed)));
        return new TimeStampResponseGenerator(tokens, TSPAlgorithms.ALLOWED);
    }

    private static X509Certificate certificate(
            KeyPair issuerKey, X500Name issuer, KeyPair key, X500Name subject, KeyPurposeId purpose)
            throws GeneralSecurityException, OperatorCreationException, IOException {
        JcaX509v3CertificateBuilder builder = new JcaX509v3CertificateBuilder(
                issuer,
                // The same for both purposes: a token names its signer by issuer and serial.
                purpose.equals(ROOT) ? BigInteger.ONE : BigInteger.TWO,
                Date.from(BEGIN),
                Date.from(BEGIN.plus(LIFE)),
                subject,
                key.getPublic());
        if (purpose.equals(ROOT)) {
            builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(true));
        } else {
            builder.addExtension(Extension.extendedKeyUsage, true, new ExtendedKeyUsage(purpose));
        }
        return new JcaX509CertificateConverter()
                .getCertificate(
                        builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(issuerKey.getPrivate())));
    }

    private static KeyPair keyPair() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(256, new SecureRandom());
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
