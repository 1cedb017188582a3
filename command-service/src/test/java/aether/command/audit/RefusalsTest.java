package aether.command.audit;

import static org.assertj.core.api.Assertions.assertThat;

import aether.command.access.Principal;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class RefusalsTest {

    private Instant now = Instant.parse("2026-11-24T00:00:00Z");

    private final Refusals refusals = new Refusals(new Clock() {
        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return now;
        }
    });

    @Test
    void entersTheFirstFewOfACallerAndCountsTheRest() {
        int entered = 0;
        for (int i = 0; i < 100; i++) {
            entered += refusals.isToBeEntered(Principal.address("192.0.2.1")) ? 1 : 0;
        }

        assertThat(entered).isEqualTo(Refusals.ENTERED_PER_CALLER);
        assertThat(refusals.due()).isEmpty();
        now = now.plus(Refusals.WINDOW);
        assertThat(refusals.due())
                .singleElement()
                .satisfies(summary -> assertThat(summary.count()).isEqualTo(95));
        assertThat(refusals.isToBeEntered(Principal.address("192.0.2.1"))).isTrue();
    }

    @Test
    void boundsWhatAnyNumberOfCallersCanCause() {
        int entered = 0;
        for (int i = 0; i < 100_000; i++) {
            entered += refusals.isToBeEntered(Principal.address("192.0.2." + i)) ? 1 : 0;
        }

        assertThat(entered).isEqualTo(Refusals.ENTERED_IN_ALL);
        now = now.plus(Refusals.WINDOW);
        assertThat(refusals.due())
                .hasSizeLessThanOrEqualTo(Refusals.CALLERS + 1)
                .anyMatch(summary -> summary.caller().equals(Refusals.OTHERS));
    }

    @Test
    void endsAWindowThatTheClockWasSetBackBefore() {
        for (int i = 0; i < 10; i++) {
            boolean unused = refusals.isToBeEntered(Principal.address("a"));
        }
        now = now.minusSeconds(3_600);

        assertThat(refusals.due()).hasSize(1);
    }
}
