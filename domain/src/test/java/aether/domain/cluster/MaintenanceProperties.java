package aether.domain.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.LongRange;

/** When a window opens next, against a calendar that is looked up minute by minute. */
class MaintenanceProperties {

    private static final Duration WEEK = Duration.ofDays(7);

    @Provide
    Arbitrary<List<MaintenanceWindow>> windows() {
        Arbitrary<List<DayOfWeek>> days =
                Arbitraries.of(DayOfWeek.values()).set().ofMinSize(1).map(set -> List.copyOf(new TreeSet<>(set)));
        Arbitrary<Integer> starts = Arbitraries.integers().between(0, MaintenanceWindow.LONGEST - 1);
        Arbitrary<Integer> lengths =
                Arbitraries.integers().between(MaintenanceWindow.SHORTEST, MaintenanceWindow.LONGEST);
        return Combinators.combine(days, starts, lengths)
                .as(MaintenanceWindow::new)
                .list()
                .ofMinSize(1)
                .ofMaxSize(4);
    }

    /** Whether a window that opened today or yesterday is open. */
    private static boolean isOpen(List<MaintenanceWindow> windows, Instant moment) {
        return windows.stream().anyMatch(window -> {
            for (int back = 0; back <= 1; back++) {
                var day = moment.atZone(ZoneOffset.UTC).toLocalDate().minusDays(back);
                long minute = Duration.between(day.atStartOfDay().toInstant(ZoneOffset.UTC), moment)
                        .toMinutes();
                if (window.days().contains(day.getDayOfWeek())
                        && minute >= window.startMinute()
                        && minute < window.startMinute() + window.minutes()) {
                    return true;
                }
            }
            return false;
        });
    }

    @Property(tries = 200)
    void nothingIsOpenBeforeTheNextOpeningAndItIsOpenThen(
            @ForAll("windows") List<MaintenanceWindow> windows,
            @ForAll @LongRange(min = 0, max = 4_000_000_000L) long seconds) {
        Instant now = Instant.ofEpochSecond(seconds);
        Maintenance maintenance = new Maintenance(windows, Map.of());
        Instant opens = maintenance.opens(now);

        assertThat(opens).isBetween(now, now.plus(WEEK));
        assertThat(isOpen(windows, opens)).isTrue();
        assertThat(maintenance.isOpen(opens)).isTrue();
        assertThat(maintenance.isOpen(now)).isEqualTo(isOpen(windows, now));
        for (Instant minute = now; minute.isBefore(opens); minute = minute.plus(Duration.ofMinutes(1))) {
            assertThat(isOpen(windows, minute)).as("%s", minute).isFalse();
        }
    }

    @Property(tries = 200)
    void aWeekLaterItIsTheSameAWeekLater(
            @ForAll("windows") List<MaintenanceWindow> windows,
            @ForAll @LongRange(min = 0, max = 4_000_000_000L) long seconds) {
        Instant now = Instant.ofEpochSecond(seconds);
        var next = Maintenance.next(windows, now).orElseThrow();
        var later = Maintenance.next(windows, now.plus(WEEK)).orElseThrow();

        assertThat(later.from()).isEqualTo(next.from().plus(WEEK));
        assertThat(later.to()).isEqualTo(next.to().plus(WEEK));
    }

    @Property(tries = 200)
    void whatIsWrittenIsReadAgain(@ForAll("windows") List<MaintenanceWindow> windows) {
        windows.forEach(window -> assertThat(MaintenanceWindow.parse(window.text()))
                .as(window.text())
                .contains(window));
    }
}
