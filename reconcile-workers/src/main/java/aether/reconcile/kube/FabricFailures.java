package aether.reconcile.kube;

import aether.reconcile.loop.OutsideFailure;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.Optional;

/** What the Kubernetes client throws, in our words. */
final class FabricFailures {

    private FabricFailures() {}

    static OutsideFailure of(Side side, String what, KubernetesClientException e) {
        Finding finding = Finding.of(e.getCode(), said(e), side);
        return new OutsideFailure(
                finding.kind(),
                finding.whose(),
                finding.reason(),
                "Expected to " + what + ", but " + reason(e) + " [" + finding.shown() + "]",
                e);
    }

    private static String said(KubernetesClientException e) {
        return Optional.ofNullable(e.getStatus())
                .map(io.fabric8.kubernetes.api.model.Status::getMessage)
                .orElse("");
    }

    private static String reason(KubernetesClientException e) {
        Throwable cause = e;
        while (cause.getCause() != null && e.getCode() <= 0) {
            cause = cause.getCause();
        }
        return e.getCode() > 0 ? "it answered " + e.getCode() + ": " + said(e) : cause.toString();
    }
}
