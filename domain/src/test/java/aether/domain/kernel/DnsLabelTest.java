package aether.domain.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DnsLabelTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a",
                "0",
                "a-b",
                "a--b",
                "shop-1",
                "x23456789012345678901234567890123456789012345678901234567890123"
            })
    void takesLabels(String text) {
        assertThat(DnsLabel.isValid(text)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "-a",
                "a-",
                "A",
                "a.b",
                "a_b",
                "ä",
                "a b",
                "a\n",
                "x234567890123456789012345678901234567890123456789012345678901234"
            })
    void refusesEverythingElse(String text) {
        assertThat(DnsLabel.isValid(text)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(ints = {64, 65, 1_000_000})
    void neverRepeatsALongText(int length) {
        assertThat(DnsLabel.expected("x".repeat(length))).hasSizeLessThan(200).contains(length + " characters");
    }
}
