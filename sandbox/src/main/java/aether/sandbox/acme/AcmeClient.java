package aether.sandbox.acme;

import java.security.KeyPair;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import org.shredzone.acme4j.Account;
import org.shredzone.acme4j.AccountBuilder;
import org.shredzone.acme4j.Authorization;
import org.shredzone.acme4j.Order;
import org.shredzone.acme4j.Status;
import org.shredzone.acme4j.challenge.Dns01Challenge;
import org.shredzone.acme4j.exception.AcmeException;
import org.shredzone.acme4j.exception.AcmeProtocolException;
import org.shredzone.acme4j.exception.AcmeServerException;

/**
 * An account at an ACME server.
 *
 * @param directory the server
 * @param key the account's
 * @param email whom the server writes to; empty for nobody
 */
public record AcmeClient(AcmeDirectory directory, KeyPair key, String email) {

    /** Longer than any test waits for a server on the same machine. */
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    /** What came of an order. */
    public sealed interface Outcome {}

    /** The chain, the certificate first. */
    public record Issued(List<X509Certificate> chain) implements Outcome {}

    /** The server refused, or a challenge failed; in the words of cert-manager's Order. */
    public record Failed(String state, String reason) implements Outcome {}

    /** The server did not answer; it is tried again. */
    public record Away(String reason) implements Outcome {}

    @Override
    public String toString() {
        return "AcmeClient[" + directory.address() + ", key=[hidden]]";
    }

    /**
     * Makes the account be there.
     *
     * @return its address at the server
     * @throws AcmeException when the server refuses or does not answer
     */
    public String register() throws AcmeException {
        return account().getLocation().toString();
    }

    private Account account() throws AcmeException {
        AccountBuilder builder = new AccountBuilder().agreeToTermsOfService().useKeyPair(key);
        if (!email.isEmpty()) {
            builder.addEmail(email);
        }
        return builder.create(directory.open());
    }

    /** Orders a certificate for the names and proves by DNS that they are ours. */
    public Outcome order(List<String> names, KeyPair certified, ChallengeRecords records) {
        try {
            Order order = account().newOrder().domains(names).create();
            for (Authorization authorization : order.getAuthorizations()) {
                if (authorization.getStatus() != Status.VALID && !prove(authorization, records)) {
                    return new Failed("invalid", "");
                }
            }
            if (order.waitUntilReady(PATIENCE) == Status.INVALID) {
                return new Failed("invalid", "");
            }
            order.execute(certified);
            return order.waitForCompletion(PATIENCE) == Status.VALID
                    ? new Issued(order.getCertificate().getCertificateChain())
                    : new Failed("invalid", "");
        } catch (AcmeServerException refused) {
            return new Failed("errored", "Failed to create Order: " + refused.getType() + ": " + refused.getMessage());
        } catch (AcmeException | AcmeProtocolException away) {
            return new Away(String.valueOf(away.getMessage()));
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            return new Away("it was stopped");
        }
    }

    private static boolean prove(Authorization authorization, ChallengeRecords records)
            throws AcmeException, InterruptedException {
        Dns01Challenge challenge = authorization
                .findChallenge(Dns01Challenge.class)
                .orElseThrow(() -> new AcmeException("Expected a challenge of type dns-01, but there is none"));
        String name = "_acme-challenge." + authorization.getIdentifier().getDomain();
        records.show(name, challenge.getDigest());
        try {
            challenge.trigger();
            return authorization.waitForCompletion(PATIENCE) == Status.VALID;
        } finally {
            records.clear(name);
        }
    }
}
