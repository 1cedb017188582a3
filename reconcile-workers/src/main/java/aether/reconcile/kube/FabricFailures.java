package aether.reconcile.kube;

import aether.reconcile.loop.OutsideFailure;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.Optional;

/** What the Kubernetes client throws, in our words. */
final class FabricFailures {

    private static final int UNAUTHORIZED = 401;
    private static final int FORBIDDEN = 403;
    private static final int CONFLICT = 409;
    private static final int TOO_MANY = 429;
    private static final int SERVER = 500;

    private FabricFailures() {}

    static OutsideFailure of(String what, KubernetesClientException e) {
        String sentence = "Expected to " + what + ", but " + reason(e);
        return new OutsideFailure(kind(e.getCode()), sentence, e);
    }

    private static OutsideFailure.Kind kind(int code) {
        return switch (code) {
            case CONFLICT -> OutsideFailure.Kind.CONFLICT;
            case TOO_MANY -> OutsideFailure.Kind.AWAY;
            default ->
                code <= 0 || code >= SERVER || code == UNAUTHORIZED || code == FORBIDDEN
                        ? OutsideFailure.Kind.AWAY
                        : OutsideFailure.Kind.DENIED;
        };
    }

    private static String reason(KubernetesClientException e) {
        Throwable cause = e;
        while (cause.getCause() != null && e.getCode() <= 0) {
            cause = cause.getCause();
        }
        String status = Optional.ofNullable(e.getStatus())
                .map(io.fabric8.kubernetes.api.model.Status::getMessage)
                .orElse("");
        return e.getCode() > 0 ? "it answered " + e.getCode() + ": " + status : cause.toString();
    }
}
