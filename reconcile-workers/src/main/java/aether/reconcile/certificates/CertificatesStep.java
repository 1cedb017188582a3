package aether.reconcile.certificates;

import aether.domain.cluster.IssuedCertificate;
import aether.reconcile.loop.Step;
import aether.reconcile.render.Difference;
import aether.reconcile.render.ObjectRef;
import aether.reconcile.render.Rendered;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What may have to be done for certificates. */
public sealed interface CertificatesStep extends Step {
    @Override
    default boolean isChange() {
        return switch (this) {
            case Apply unused -> true;
            case ReportDrift unused -> false;
            case Delete unused -> true;
            case ReportRenewed unused -> false;
            case ReportOverdue unused -> false;
            case ReportCaughtUp unused -> false;
            case ReportIssued unused -> false;
        };
    }

    @Override
    default Optional<Drift> drift() {
        return this instanceof ReportDrift drift
                ? Optional.of(new Drift(drift.subject(), drift.correction()))
                : Optional.empty();
    }

    /** Makes an object be as rendered. */
    record Apply(Rendered rendered, Difference difference) implements CertificatesStep {}

    /** Says that something had drifted and was put back. */
    record ReportDrift(String subject, String correction) implements CertificatesStep {}

    /** Takes away what is left of a cluster CA that is trusted no more. */
    record Delete(ObjectRef ref, String uid) implements CertificatesStep {}

    /** Says which certificates are new. */
    record ReportRenewed(List<IssuedCertificate> certificates) implements CertificatesStep {
        public ReportRenewed {
            certificates = List.copyOf(certificates);
        }
    }

    /** Says which should have been renewed by now, and when the first of them ends. */
    record ReportOverdue(List<String> names, Instant notAfter, String reason) implements CertificatesStep {
        public ReportOverdue {
            names = List.copyOf(names);
        }
    }

    /** Says that none is overdue any more. */
    record ReportCaughtUp() implements CertificatesStep {}

    /** Says that all certificates are issued. */
    record ReportIssued(String authorityFingerprint, Instant notAfter) implements CertificatesStep {}
}
