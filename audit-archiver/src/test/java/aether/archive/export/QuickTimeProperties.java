package aether.archive.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.DateTimeException;
import java.time.Instant;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class QuickTimeProperties {

    @Provide
    Arbitrary<Instant> instants() {
        return Combinators.combine(
                        Arbitraries.longs()
                                .between(
                                        Instant.parse("0000-01-01T00:00:00Z").getEpochSecond(),
                                        Instant.parse("9999-12-31T23:59:59Z").getEpochSecond()),
                        Arbitraries.of(0, 1, 10, 1_000, 120_000, 5_000_000, 999_999_999))
                .as(Instant::ofEpochSecond);
    }

    @Property
    void readsWhatIsWritten(@ForAll("instants") Instant time) {
        assertThat(QuickTime.parse(time.toString())).isEqualTo(time);
    }

    /** One character of a time is changed, or the time cut off: the JDK says what it is then. */
    @Property
    void agreesWithTheJdk(
            @ForAll("instants") Instant time, @ForAll("positions") int position, @ForAll("characters") char other) {
        StringBuilder changed = new StringBuilder(time.toString());
        changed.setLength(Math.max(1, Math.min(changed.length(), 2 * position)));
        changed.setCharAt(position % changed.length(), other);
        requireAgreement(changed.toString());
    }

    @Provide
    Arbitrary<Integer> positions() {
        return Arbitraries.integers().between(0, 40);
    }

    @Provide
    Arbitrary<Character> characters() {
        return Arbitraries.of('0', '1', '2', '3', '5', '9', 'Z', 'T', '.', ':', '-', ' ', '\u0663');
    }

    @Example
    void leavesTheRareOnesToTheJdk() {
        for (String text : new String[] {
            "2026-02-29T00:00:00Z",
            "2028-02-29T00:00:00Z",
            "2026-11-30T24:00:00Z",
            "2016-12-31T23:59:60Z",
            "2026-11-30T00:00:00.Z",
            "2026-11-30T00:00:00.1234567890Z",
            "2026-11-30T00:00:00+01:00",
            "+12026-11-30T00:00:00Z",
            "2026-11-30t00:00:00z",
            "2026-13-30T00:00:00Z",
            "2026-11-30T00:00Z",
            "Z",
            ""
        }) {
            requireAgreement(text);
        }
    }

    private static void requireAgreement(String text) {
        Instant expected;
        try {
            expected = Instant.parse(text);
        } catch (DateTimeException e) {
            assertThatThrownBy(() -> QuickTime.parse(text)).as(text).isInstanceOf(DateTimeException.class);
            return;
        }
        assertThat(QuickTime.parse(text)).as(text).isEqualTo(expected);
    }
}
