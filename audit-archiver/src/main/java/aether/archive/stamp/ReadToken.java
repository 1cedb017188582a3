package aether.archive.stamp;

import java.io.IOException;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.DLSequence;
import org.bouncycastle.asn1.cmp.PKIStatus;
import org.bouncycastle.asn1.cmp.PKIStatusInfo;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.tsp.TimeStampToken;

/**
 * A timestamp token whose parts can be looked at; none of them is believed yet.
 *
 * @param token the token
 * @param signer the certificate that it names as its signer's
 */
record ReadToken(TimeStampToken token, X509CertificateHolder signer) {

    Instant time() {
        return token.getTimeStampInfo().getGenTime().toInstant();
    }

    String authority() {
        return signer.getSubject().toString();
    }

    /**
     * The form in which it is kept: granted, without words, definite lengths. One token has one form, so that a byte
     * which no signature covers cannot differ unseen either.
     */
    static byte[] form(TimeStampToken token) throws IOException {
        return new DLSequence(new ASN1Encodable[] {
                    new PKIStatusInfo(PKIStatus.granted),
                    token.toCMSSignedData().toASN1Structure()
                })
                .getEncoded(ASN1Encoding.DL);
    }

    X509Certificate certificate() throws CertificateException {
        return new JcaX509CertificateConverter().getCertificate(signer);
    }

    /** All certificates that came with it. */
    List<X509Certificate> enclosed() throws CertificateException {
        List<X509Certificate> enclosed = new ArrayList<>();
        for (X509CertificateHolder each : token.getCertificates().getMatches(null)) {
            enclosed.add(new JcaX509CertificateConverter().getCertificate(each));
        }
        return enclosed;
    }
}
