package aether.reconcile.controlplane;

import static org.assertj.core.api.Assertions.assertThat;

import aether.domain.cluster.ClusterId;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class TroubledSinceTest {

    private static final ClusterId TENANT = new ClusterId(new UUID(0, 1));
    private static final ClusterId NEIGHBOUR = new ClusterId(new UUID(0, 2));
    private static final Instant START = Instant.parse("2026-11-30T12:00:00Z");

    private final TroubledSince troubled = new TroubledSince();

    private Duration at(int second, String trouble, boolean replacing) {
        return troubled.lasting(TENANT, trouble, replacing, START.plusSeconds(second));
    }

    @Test
    void aTroubleLastsWhateverItsWordsAre() {
        assertThat(at(0, "0 of 2 serve", false)).isZero();
        assertThat(troubled.lasting(NEIGHBOUR, "0 of 2 serve", false, START.plusSeconds(3)))
                .isZero();
        assertThat(at(4, "1 of 2 serve", false)).hasSeconds(4);
        assertThat(at(6, "", false)).isZero();
        assertThat(at(7, "0 of 2 serve", false)).isZero();
    }

    /** The last look at a long exchange may meet a moment without an answer. */
    @Test
    void whatFollowsAnExchangeOfPodsIsATroubleOfItsOwn() {
        assertThat(at(0, "1 is up to date", true)).isZero();
        assertThat(at(90, "2 are up to date", true)).hasSeconds(90);
        assertThat(at(91, "its API does not answer", false)).isZero();
        assertThat(at(95, "its API does not answer", false)).hasSeconds(4);
    }

    @Test
    void whoeverIsForgottenBeginsAnew() {
        assertThat(at(0, "0 of 2 serve", false)).isZero();

        troubled.forget(TENANT);

        assertThat(at(9, "0 of 2 serve", false)).isZero();
    }
}
