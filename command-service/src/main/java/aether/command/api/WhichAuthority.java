package aether.command.api;

import aether.command.request.Fields;
import aether.command.request.Violations;
import aether.domain.cluster.CertificateAuthority;
import jakarta.servlet.http.HttpServletRequest;

/**
 * Which CA is meant, and when it is exchanged.
 *
 * @param authority the cluster CA unless another one is named
 */
record WhichAuthority(CertificateAuthority authority, WhenAsked when) {

    private static WhichAuthority read(Fields fields, Violations violations) {
        return new WhichAuthority(authority(fields, violations), WhenAsked.read(fields, violations));
    }

    private static CertificateAuthority authority(Fields fields, Violations violations) {
        return fields.optionalText("authority")
                .map(name -> CertificateAuthority.named(name).orElseGet(() -> {
                    violations.broken(
                            fields.path("authority"),
                            "authority_unknown",
                            "Expected the CA cluster, etcd or front-proxy, but got another name.");
                    return CertificateAuthority.CLUSTER;
                }))
                .orElse(CertificateAuthority.CLUSTER);
    }

    /** Reads what is asked for from a body that may be left out. */
    static WhichAuthority of(HttpServletRequest request) {
        return WhenAsked.isAbsent(request)
                ? new WhichAuthority(CertificateAuthority.CLUSTER, WhenAsked.IN_THE_WINDOW)
                : Body.read(request, WhichAuthority::read);
    }

    /** Reads which one is meant from a body that may be left out. */
    static CertificateAuthority named(HttpServletRequest request) {
        return WhenAsked.isAbsent(request)
                ? CertificateAuthority.CLUSTER
                : Body.read(request, WhichAuthority::authority);
    }
}
