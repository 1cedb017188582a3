package aether.archive.stamp;

import aether.archive.log.Hash;
import aether.archive.stamp.TimestampVerdict.Reason;
import aether.archive.stamp.TimestampVerdict.Refused;
import java.math.BigInteger;
import java.security.cert.CertificateException;
import java.util.Arrays;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.cms.jcajce.JcaSimpleSignerInfoVerifierBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.tsp.TSPAlgorithms;
import org.bouncycastle.tsp.TSPException;
import org.bouncycastle.tsp.TSPUtil;
import org.bouncycastle.tsp.TSPValidationException;
import org.bouncycastle.tsp.TimeStampToken;
import org.bouncycastle.tsp.TimeStampTokenInfo;
import org.jspecify.annotations.Nullable;

/**
 * What a token has to be, rule by rule.
 *
 * @param imprint the hash it has to be about
 * @param nonce the question's; null when only the token is left of that
 * @param trusted who has to vouch for its certificate; nobody: nobody has to
 */
record TokenRules(Hash imprint, @Nullable BigInteger nonce, TrustedAuthorities trusted) {

    private interface Rule {
        Optional<Refused> fault(ReadToken token);
    }

    /** Whether it is about something else than it should. */
    Optional<Refused> other(TimeStampToken token) {
        TimeStampTokenInfo info = token.getTimeStampInfo();
        if (!info.getMessageImprintAlgOID().equals(TSPAlgorithms.SHA256)
                || !Arrays.equals(info.getMessageImprintDigest(), imprint.bytes())) {
            return refused(
                    Reason.OTHER_IMPRINT,
                    "Expected a timestamp of SHA-256 " + imprint.hex() + ", but it is of something else.");
        }
        if (nonce != null && !nonce.equals(info.getNonce())) {
            return refused(
                    Reason.OTHER_NONCE,
                    "Expected the answer to nonce " + nonce + ", but it is to " + info.getNonce() + ".");
        }
        return Optional.empty();
    }

    /** What is wrong with who made it. */
    Optional<Refused> fault(ReadToken token) {
        List<Rule> rules = List.of(TokenRules::purpose, TokenRules::validity, TokenRules::signature, this::trust);
        return rules.stream().flatMap(rule -> rule.fault(token).stream()).findFirst();
    }

    private static Optional<Refused> purpose(ReadToken token) {
        try {
            TSPUtil.validateCertificate(token.signer());
            return Optional.empty();
        } catch (TSPValidationException e) {
            return refused(
                    Reason.OTHER_PURPOSE,
                    "Expected a certificate for time-stamping alone (extended key usage, critical), but that of "
                            + token.authority() + " is not.");
        }
    }

    private static Optional<Refused> validity(ReadToken token) {
        if (token.signer().isValidOn(Date.from(token.time()))) {
            return Optional.empty();
        }
        return refused(
                Reason.NOT_VALID_THEN,
                "Expected a certificate that was valid at " + token.time() + ", but that of " + token.authority()
                        + " was not.");
    }

    private static Optional<Refused> signature(ReadToken token) {
        try {
            token.token().validate(new JcaSimpleSignerInfoVerifierBuilder().build(token.signer()));
            return Optional.empty();
        } catch (TSPException | OperatorCreationException | CertificateException e) {
            return refused(
                    Reason.BAD_SIGNATURE,
                    "Expected a timestamp signed by " + token.authority() + ", but its signature does not hold ("
                            + e.getMessage() + ").");
        }
    }

    private Optional<Refused> trust(ReadToken token) {
        if (trusted.isEmpty()) {
            return Optional.empty();
        }
        Optional<String> fault;
        try {
            fault = trusted.fault(token.certificate(), token.enclosed(), token.time());
        } catch (CertificateException e) {
            fault = Optional.of(String.valueOf(e.getMessage()));
        }
        return fault.flatMap(why -> refused(
                Reason.UNTRUSTED,
                "Expected one of the trusted certificates behind " + token.authority() + ", but there is none (" + why
                        + ")."));
    }

    private static Optional<Refused> refused(Reason reason, String sentence) {
        return Optional.of(new Refused(reason, sentence));
    }
}
