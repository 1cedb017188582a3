package aether.reconcile.certificates;

import aether.reconcile.render.Difference;
import aether.reconcile.render.Rendered;
import java.time.Instant;

/** What may have to be done for certificates. */
public sealed interface CertificatesStep {

    /** Makes an object be as rendered. */
    record Apply(Rendered rendered, Difference difference) implements CertificatesStep {}

    /** Says that something had drifted and was put back. */
    record ReportDrift(String subject, String correction) implements CertificatesStep {}

    /** Says that all certificates are issued. */
    record ReportIssued(String authorityFingerprint, Instant notAfter) implements CertificatesStep {}
}
