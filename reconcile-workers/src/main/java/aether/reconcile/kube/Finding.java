package aether.reconcile.kube;

import aether.domain.cluster.Fault;
import aether.reconcile.loop.OutsideFailure;
import java.util.Locale;

/**
 * What a refusal of an API server amounts to.
 *
 * @param kind what helps
 * @param whose whose it is to put it right
 * @param reason one word for it, as conditions have it
 */
record Finding(OutsideFailure.Kind kind, Fault whose, String reason) {

    private static final int UNAUTHORIZED = 401;
    private static final int FORBIDDEN = 403;
    private static final int NOT_FOUND = 404;
    private static final int CONFLICT = 409;
    private static final int GONE = 410;
    private static final int TOO_MANY = 429;
    private static final int SERVER = 500;

    /** Sorts an answer of the management cluster. */
    static Finding of(int code, String message) {
        return of(code, message, Side.MANAGEMENT);
    }

    /**
     * Sorts an answer. Texts are those of kube-apiserver: admission/plugin/resourcequota/controller.go,
     * admission/plugin/webhook/errors/statuserror.go, and etcd's {@code mvcc: database space exceeded}.
     *
     * @param code the HTTP status; 0 or less when there was no answer
     * @param side whose the server is
     */
    static Finding of(int code, String message, Side side) {
        String text = message.toLowerCase(Locale.ROOT);
        Fault owner = side == Side.TENANT ? Fault.CUSTOMER : Fault.INFRASTRUCTURE;
        if (text.contains("exceeded quota")) {
            return waiting(owner, "QuotaExceeded"); // a namespace's is rendered by us with room for all that we write
        }
        if (text.contains("admission webhook") || text.contains("failed calling webhook")) {
            return waiting(owner, text.contains("denied the request") ? "WebhookRefused" : "WebhookAway");
        }
        if (text.contains("database space exceeded")) {
            return waiting(owner, "EtcdFull");
        }
        if (text.contains("field not declared in schema")) {
            return infrastructure("KindOutdated"); // the kind is served, by an operator older than what we write
        }
        return switch (code) {
            case CONFLICT -> new Finding(OutsideFailure.Kind.CONFLICT, Fault.INFRASTRUCTURE, "ChangedMeanwhile");
            case GONE -> new Finding(OutsideFailure.Kind.CONFLICT, Fault.INFRASTRUCTURE, "TooOld");
            case TOO_MANY -> infrastructure("ApiBusy");
            case UNAUTHORIZED, FORBIDDEN -> infrastructure("NotAllowed");
            case NOT_FOUND -> infrastructure("KindNotServed"); // objects that are missing are no failure
            default ->
                code <= 0
                        ? infrastructure("ApiAway")
                        : code >= SERVER
                                ? infrastructure("ApiFailed")
                                : new Finding(OutsideFailure.Kind.DENIED, Fault.OURS, "Invalid");
        };
    }

    /** Whose it is and what, for a sentence. */
    String shown() {
        return whose.name().toLowerCase(Locale.ROOT) + ": " + reason;
    }

    /** Nothing that we could do would help, and it may be over at any time. */
    private static Finding infrastructure(String reason) {
        return waiting(Fault.INFRASTRUCTURE, reason);
    }

    private static Finding waiting(Fault whose, String reason) {
        return new Finding(OutsideFailure.Kind.AWAY, whose, reason);
    }
}
