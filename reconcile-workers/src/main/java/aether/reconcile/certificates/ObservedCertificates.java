package aether.reconcile.certificates;

import aether.domain.cluster.IssuedCertificate;
import aether.reconcile.render.ObjectRef;
import java.time.Instant;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/**
 * What is there of a tenant's certificates.
 *
 * @param objects namespace, issuers and certificates
 * @param waiting why each certificate that is not issued yet is not, by name
 * @param issued those that are, by name
 * @param authorities the uid of whatever is there of any generation of a CA or key pair
 * @param authorityFingerprint SHA-256 of the cluster CA's DER form in hex; empty until it is issued
 * @param notAfter when the first certificate ends; {@link Instant#MAX} while there is none
 * @param overdue the end of each that should have been renewed by now, by name
 * @param overdueReason what cert-manager says of the first of them; empty when it says nothing
 * @param early the beginning of each that is not good yet by our clock, by name
 */
public record ObservedCertificates(
        Map<ObjectRef, JsonNode> objects,
        Map<String, String> waiting,
        Map<String, IssuedCertificate> issued,
        Map<ObjectRef, String> authorities,
        String authorityFingerprint,
        Instant notAfter,
        Map<String, Instant> overdue,
        String overdueReason,
        Map<String, Instant> early) {
    public ObservedCertificates {
        objects = Map.copyOf(objects);
        waiting = Map.copyOf(waiting);
        issued = Map.copyOf(issued);
        authorities = Map.copyOf(authorities);
        overdue = Map.copyOf(overdue);
        early = Map.copyOf(early);
    }

    /** All of which are good by our clock. */
    public ObservedCertificates(
            Map<ObjectRef, JsonNode> objects,
            Map<String, String> waiting,
            Map<String, IssuedCertificate> issued,
            Map<ObjectRef, String> authorities,
            String authorityFingerprint,
            Instant notAfter,
            Map<String, Instant> overdue,
            String overdueReason) {
        this(objects, waiting, issued, authorities, authorityFingerprint, notAfter, overdue, overdueReason, Map.of());
    }
}
