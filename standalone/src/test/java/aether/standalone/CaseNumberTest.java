package aether.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import aether.archive.keys.CaseNumber;
import aether.domain.privacy.SubjectDecider;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The archive may not see the domain; this room sees both. */
class CaseNumberTest {

    private static final String LONGEST = "2026-0123456789012345678901234567890123456789012345678901234567";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "7",
                "INC-7",
                "2026/17.b_3",
                "-7",
                "/7",
                "flood",
                "l\u00e4rm-7",
                "a 7",
                "7\n",
                LONGEST,
                LONGEST + "12"
            })
    void whoeverChangesAKeyAndWhoeverEntersItTakeTheSame(String text) {
        boolean entered = SubjectDecider.isReferenceOrNothing(text);

        if (entered) {
            assertThatCode(() -> CaseNumber.require(text)).doesNotThrowAnyException();
        } else {
            assertThatCode(() -> CaseNumber.require(text))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("but got " + text.length() + " other characters");
        }
        assertThat(entered).isEqualTo(text.isEmpty() || !text.matches("-7|/7|flood|l.rm-7|a 7|7\\s|.{65,}"));
    }
}
