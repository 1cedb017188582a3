package aether.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import aether.domain.cluster.Channel;
import aether.domain.cluster.ClusterEvent;
import aether.domain.cluster.ClusterId;
import aether.domain.cluster.IssuedCertificate;
import aether.domain.organization.OrganizationId;
import aether.reconcile.desired.DesiredWorld;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class CertificateMetricsTest {

    private static final Instant SOON = Instant.ofEpochSecond(1_900_000_000L);

    private final DesiredWorld desired = new DesiredWorld();

    private ClusterId cluster(int number, Instant leafEnds) {
        ClusterId id = new ClusterId(new UUID(7, number));
        fold(new ClusterEvent.ClusterRequested(
                id, new OrganizationId(new UUID(1, 1)), "shop" + number, "north", Tenant.VERSION, false, Channel.API));
        fold(new ClusterEvent.CertificatesRenewed(
                id,
                1,
                List.of(
                        new IssuedCertificate("cluster-ca", "aa", "CN=root", Instant.ofEpochSecond(2_100_000_000L)),
                        new IssuedCertificate("service-account", "bb", "CN=cluster-ca", Instant.EPOCH),
                        new IssuedCertificate("admin", "cc", "CN=cluster-ca", leafEnds.plusSeconds(9)),
                        new IssuedCertificate("apiserver", "dd", "CN=cluster-ca", leafEnds))));
        return id;
    }

    private void fold(ClusterEvent event) {
        assertThat(desired.fold(event, 0)).isNotEmpty();
    }

    @Test
    void saysWhenTheFirstOfEachKindEndsAndHowManyAreOverdue() {
        ClusterId id = cluster(1, SOON);
        fold(new ClusterEvent.RenewalOverdue(id, 1, List.of("admin", "apiserver"), SOON, ""));

        assertThat(new CertificateMetrics(desired).text())
                .contains(
                        "# TYPE aether_certificate_not_after_timestamp_seconds gauge\n",
                        "aether_certificate_not_after_timestamp_seconds{cluster=\"" + id
                                + "\",kind=\"leaf\"} 1900000000\n",
                        "aether_certificate_not_after_timestamp_seconds{cluster=\"" + id
                                + "\",kind=\"authority\"} 2100000000\n",
                        "aether_certificate_renewals_overdue{cluster=\"" + id + "\"} 2\n",
                        "aether_certificate_clusters_left_out 0\n");
    }

    @Test
    void whatEndsFirstIsNeverLeftOut() {
        for (int number = 0; number < CertificateMetrics.CLUSTERS_MAX + 3; number++) {
            cluster(number, SOON.plusSeconds(100_000 - number));
        }
        String text = new CertificateMetrics(desired).text();

        assertThat(text).contains("aether_certificate_clusters_left_out 3\n");
        assertThat(text.lines().filter(line -> line.contains("kind=\"leaf\"")))
                .hasSize(CertificateMetrics.CLUSTERS_MAX)
                .first()
                .asString()
                .contains(new UUID(7, CertificateMetrics.CLUSTERS_MAX + 2).toString());
    }

    @Test
    void aClusterThatIsGoneIsNotSpokenOf() {
        ClusterId id = cluster(1, SOON);
        fold(new ClusterEvent.ClusterDeleted(id));

        assertThat(new CertificateMetrics(desired).text()).doesNotContain(id.toString());
    }
}
