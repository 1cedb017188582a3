package aether.reconcile;

import aether.domain.cluster.ClusterId;
import aether.domain.cluster.ClusterState;
import aether.domain.cluster.IssuedCertificate;
import aether.reconcile.certificates.TenantCertificate;
import aether.reconcile.desired.DesiredWorld;
import java.time.Instant;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * When tenants' certificates end, in Prometheus' text format 0.0.4: three series per cluster and one in all. It is read
 * from the log, so every worker process says the same.
 */
final class CertificateMetrics {

    /** A region is planned for a thousand tenants; what ends first is never left out. */
    static final int CLUSTERS_MAX = 2_000;

    private static final String ENDS = "aether_certificate_not_after_timestamp_seconds";
    private static final String OVERDUE = "aether_certificate_renewals_overdue";
    private static final String LEFT_OUT = "aether_certificate_clusters_left_out";

    private record Row(ClusterId cluster, Map<TenantCertificate.Kind, Instant> ends, int overdue) {
        Instant first() {
            return ends.values().stream().min(Comparator.naturalOrder()).orElse(Instant.MAX);
        }
    }

    private final DesiredWorld desired;

    CertificateMetrics(DesiredWorld desired) {
        this.desired = desired;
    }

    String text() {
        List<Row> rows = desired.clusters().stream()
                .map(CertificateMetrics::row)
                .flatMap(Optional::stream)
                .sorted(Comparator.comparing(Row::first)
                        .thenComparing(row -> row.cluster().value()))
                .toList();
        List<Row> shown = rows.subList(0, Math.min(CLUSTERS_MAX, rows.size()));
        StringBuilder text = new StringBuilder();
        head(text, ENDS, "When the first certificate of a kind ends.");
        for (Row row : shown) {
            row.ends()
                    .forEach((kind, end) -> text.append("%s{cluster=\"%s\",kind=\"%s\"} %d\n"
                            .formatted(ENDS, row.cluster(), published(kind), end.getEpochSecond())));
        }
        head(text, OVERDUE, "How many certificates should have been renewed by now.");
        for (Row row : shown) {
            text.append("%s{cluster=\"%s\"} %d\n".formatted(OVERDUE, row.cluster(), row.overdue()));
        }
        head(text, LEFT_OUT, "Clusters beyond the bound of these series.");
        text.append(LEFT_OUT).append(' ').append(rows.size() - shown.size()).append('\n');
        return text.toString();
    }

    private static Optional<Row> row(ClusterState state) {
        var request = state.request();
        if (request == null || state.certificates().isEmpty()) {
            return Optional.empty();
        }
        Map<String, TenantCertificate.Kind> kinds = kinds(state);
        Map<TenantCertificate.Kind, Instant> ends = new EnumMap<>(TenantCertificate.Kind.class);
        for (IssuedCertificate certificate : state.certificates().values()) {
            TenantCertificate.Kind kind = kinds.get(certificate.name());
            if (kind != null && kind != TenantCertificate.Kind.KEY_PAIR) { // nobody reads the dates of those
                ends.merge(kind, certificate.notAfter(), (one, other) -> one.isBefore(other) ? one : other);
            }
        }
        var overdue = state.overdue();
        return Optional.of(new Row(
                request.clusterId(), ends, overdue == null ? 0 : overdue.names().size()));
    }

    private static Map<String, TenantCertificate.Kind> kinds(ClusterState state) {
        return TenantCertificate.of(state.authorities(), state.keys().serviceAccount()).stream()
                .collect(Collectors.toMap(TenantCertificate::name, TenantCertificate::kind));
    }

    private static String published(TenantCertificate.Kind kind) {
        return kind == TenantCertificate.Kind.AUTHORITY ? "authority" : "leaf";
    }

    private static void head(StringBuilder text, String name, String help) {
        text.append("# HELP ").append(name).append(' ').append(help).append('\n');
        text.append("# TYPE ").append(name).append(" gauge\n");
    }
}
