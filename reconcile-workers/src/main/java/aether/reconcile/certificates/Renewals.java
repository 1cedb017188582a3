package aether.reconcile.certificates;

import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Which certificates should have been renewed by now. cert-manager renews a third before the end, so whatever is found
 * here was tried for a while, or nobody tried.
 */
public final class Renewals {

    /**
     * A leaf of 90 days is renewed 30 days before its end; sixteen days are more than a dozen tries (cert-manager waits
     * up to 32 hours in between), and fourteen days are left to a person.
     */
    static final Duration LEAF = Duration.ofDays(14);

    /** An authority is exchanged together with nodes and kubeconfigs, and customers have to be asked. */
    static final Duration AUTHORITY = Duration.ofDays(180);

    /** Of a life that is too short for the times above: half of what cert-manager leaves. */
    private static final int SHORT_LIFE = 6;

    private Renewals() {}

    /** The end of each that is overdue, by name. */
    static Map<String, Instant> overdue(
            List<TenantCertificate> rows, Map<String, X509Certificate> issued, Instant now) {
        Map<String, Instant> overdue = new TreeMap<>();
        for (TenantCertificate row : rows) {
            X509Certificate certificate = issued.get(row.name());
            if (certificate != null && isOverdue(row.kind(), certificate, now)) {
                overdue.put(row.name(), certificate.getNotAfter().toInstant());
            }
        }
        return overdue;
    }

    /** What wakes has to have time for cert-manager's next tries, and for a person. */
    static final Duration AFTER_A_SLEEP = Duration.ofDays(1);

    /** Why a certificate is not good for a cluster that wakes: it has ended, or soon will; empty when it is good. */
    public static String ending(TenantCertificate row, Map<String, X509Certificate> issued, Instant now) {
        X509Certificate certificate = issued.get(row.name());
        if (certificate == null || row.kind() == TenantCertificate.Kind.KEY_PAIR) {
            return "";
        }
        Instant end = certificate.getNotAfter().toInstant();
        Duration life = Duration.between(certificate.getNotBefore().toInstant(), end);
        Duration atMost = life.dividedBy(SHORT_LIFE);
        Duration left = AFTER_A_SLEEP.compareTo(atMost) < 0 ? AFTER_A_SLEEP : atMost;
        return now.isBefore(end.minus(left)) ? "" : "it ends on " + end + ", and is renewed first";
    }

    private static boolean isOverdue(TenantCertificate.Kind kind, X509Certificate certificate, Instant now) {
        Instant end = certificate.getNotAfter().toInstant();
        Duration life = Duration.between(certificate.getNotBefore().toInstant(), end);
        Duration named = switch (kind) {
            case LEAF -> LEAF;
            case AUTHORITY -> AUTHORITY;
            case KEY_PAIR -> Duration.ZERO; // nobody reads its dates
        };
        Duration atMost = life.dividedBy(SHORT_LIFE);
        Duration left = named.compareTo(atMost) < 0 ? named : atMost;
        return !left.isZero() && !now.isBefore(end.minus(left));
    }
}
