package aether.sandbox.processes;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ReadinessTest {

    @Test
    void aContainerServesFromItsFirstYesOn() {
        Readiness readiness = Readiness.starting(3).after(false).after(false);

        assertThat(readiness.serves()).isFalse();
        assertThat(readiness.after(true).serves()).isTrue();
    }

    @Test
    void itCeasesToServeWhenItMissedAsManyProbesInARowAsItsThreshold() {
        Readiness missedTwo = Readiness.starting(3).after(true).after(false).after(false);

        assertThat(missedTwo.serves()).isTrue();
        assertThat(missedTwo.after(false).serves()).isFalse();
        assertThat(missedTwo.after(true).after(false).after(false).serves())
                .as("a yes begins the count anew")
                .isTrue();
    }

    @Test
    void aThresholdOfNoneMeansTheFirstMiss() {
        assertThat(Readiness.starting(0).after(true).after(false).serves()).isFalse();
    }
}
