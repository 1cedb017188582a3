package aether.reconcile.publicname;

import aether.domain.cluster.Fault;
import java.util.List;
import java.util.Locale;

/**
 * Whose it is to put right what an ACME server has refused, from the errors of RFC 8555 §6.7 in cert-manager's text.
 */
final class AcmeFault {

    /** What is about the name and its zone. */
    private static final List<String> OF_THE_ZONE = List.of(
            ":dns",
            ":caa",
            ":unauthorized",
            ":incorrectresponse",
            ":rejectedidentifier",
            ":unsupportedidentifier",
            // A challenge that failed: its Order says no more, and the Challenge is deleted with it
            // (acmeorders/sync.go).
            "in \"invalid\" state");

    /** What a server says of itself. */
    private static final List<String> OF_THE_SERVER =
            List.of(":ratelimited", ":serverinternal", ":connection", "timeout", "connection refused", "no such host");

    private AcmeFault() {}

    /**
     * Whose it is.
     *
     * @param customersZone whether the name is in a zone of the customer's
     */
    static Fault of(String said, boolean customersZone) {
        String text = said.toLowerCase(Locale.ROOT);
        if (OF_THE_SERVER.stream().anyMatch(text::contains)) {
            return Fault.INFRASTRUCTURE;
        }
        if (OF_THE_ZONE.stream().anyMatch(text::contains)) {
            return customersZone ? Fault.CUSTOMER : Fault.OURS;
        }
        return Fault.OURS;
    }
}
