package aether.archive.stamp;

import aether.archive.log.Hash;
import aether.archive.stamp.TimestampVerdict.Genuine;
import aether.archive.stamp.TimestampVerdict.Reason;
import aether.archive.stamp.TimestampVerdict.Refused;
import java.io.IOException;
import java.math.BigInteger;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import org.bouncycastle.asn1.cmp.PKIStatus;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.tsp.TSPException;
import org.bouncycastle.tsp.TimeStampResponse;
import org.bouncycastle.tsp.TimeStampToken;
import org.jspecify.annotations.Nullable;

/** Decides what a timestamp is worth, from its bytes alone. */
public final class TokenCheck {

    private TokenCheck() {}

    /**
     * Looks at a timestamp as it is kept.
     *
     * @param object the answer of the authority (a TimeStampResp of RFC 3161)
     * @param stamped what it is about
     * @param trusted whose time is believed; nobody's: the signature is checked with the certificate inside
     */
    public static TimestampVerdict ofStored(byte[] object, byte[] stamped, TrustedAuthorities trusted) {
        TimestampVerdict verdict = of(object, Hash.sha256(stamped), null, trusted);
        if (verdict instanceof Genuine && !Arrays.equals(object, form(object).orElseGet(() -> new byte[0]))) {
            return unreadable("it holds bytes that are no part of a timestamp");
        }
        return verdict;
    }

    /** Looks at what came back for a question. */
    static TimestampVerdict ofAnswer(byte[] answer, TimestampQuestion question, TrustedAuthorities trusted) {
        return of(answer, question.imprint(), question.nonce(), trusted);
    }

    /** The form in which an answer is kept; nothing when there is no timestamp in it. */
    static Optional<byte[]> form(byte[] answer) {
        try {
            TimeStampToken token = new TimeStampResponse(answer).getTimeStampToken();
            return token == null ? Optional.empty() : Optional.of(ReadToken.form(token));
        } catch (IOException | TSPException | RuntimeException e) { // Bouncy Castle tells damage by any of them
            return Optional.empty();
        }
    }

    /** The time that a kept timestamp says, believed or not. */
    static Optional<Instant> timeOf(byte[] object) {
        try {
            TimeStampToken token = new TimeStampResponse(object).getTimeStampToken();
            return token == null
                    ? Optional.empty()
                    : Optional.of(token.getTimeStampInfo().getGenTime().toInstant());
        } catch (IOException | TSPException | RuntimeException e) { // as above
            return Optional.empty();
        }
    }

    private static TimestampVerdict of(
            byte[] answer, Hash imprint, @Nullable BigInteger nonce, TrustedAuthorities trusted) {
        try {
            TimeStampResponse response = new TimeStampResponse(answer);
            TimeStampToken token = response.getTimeStampToken();
            if (response.getStatus() != PKIStatus.GRANTED && response.getStatus() != PKIStatus.GRANTED_WITH_MODS) {
                return new Refused(Reason.NOT_GRANTED, "Expected a timestamp, but " + refusal(response) + ".");
            }
            if (token == null) {
                return unreadable("it says granted and holds none");
            }
            TokenRules rules = new TokenRules(imprint, nonce, trusted);
            Optional<Refused> other = rules.other(token);
            if (other.isPresent()) {
                return other.get();
            }
            Optional<X509CertificateHolder> signer = token.getCertificates().getMatches(null).stream()
                    .filter(token.getSID()::match)
                    .findFirst();
            if (signer.isEmpty()) {
                return new Refused(
                        Reason.NO_CERTIFICATE,
                        "Expected the authority's certificate in the timestamp, but it is not there.");
            }
            ReadToken read = new ReadToken(token, signer.get());
            Optional<Refused> fault = rules.fault(read);
            return fault.isPresent() ? fault.get() : new Genuine(read.time(), read.authority());
        } catch (IOException | TSPException | RuntimeException e) { // Bouncy Castle tells damage by any of them
            return unreadable("it does not parse (" + e.getMessage() + ")");
        }
    }

    private static String refusal(TimeStampResponse response) {
        String words = response.getStatusString();
        return "the authority refused with status " + response.getStatus()
                + (words == null || words.isBlank() ? "" : ": " + words.strip());
    }

    private static Refused unreadable(String fact) {
        return new Refused(Reason.UNREADABLE, "Expected an answer of a time-stamping authority, but " + fact + ".");
    }
}
