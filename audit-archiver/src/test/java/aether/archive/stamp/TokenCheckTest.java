package aether.archive.stamp;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import aether.archive.stamp.TestAuthority.Fault;
import aether.archive.stamp.TimestampVerdict.Genuine;
import aether.archive.stamp.TimestampVerdict.Reason;
import aether.archive.stamp.TimestampVerdict.Refused;
import java.time.Instant;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class TokenCheckTest {

    private static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");
    private static final byte[] NOTE = "audit.test/log\n3\nroot\n".getBytes(UTF_8);
    private static final TestAuthority AUTHORITY = TestAuthority.named("Test Time");

    private final TimestampQuestion question = TimestampQuestion.about(NOTE, new Random(1));

    @Test
    void takesWhatTheAuthorityItselfOrWhoeverIsAboveItVouchesFor() {
        byte[] answer = AUTHORITY.answer(question.encode(), NOW, Fault.NONE);
        Genuine genuine = new Genuine(NOW, "CN=Test Time");

        assertThat(TokenCheck.ofAnswer(answer, question, AUTHORITY.itself())).isEqualTo(genuine);
        assertThat(TokenCheck.ofAnswer(answer, question, AUTHORITY.above())).isEqualTo(genuine);
        byte[] kept = TokenCheck.form(answer).orElseThrow();
        assertThat(TokenCheck.ofStored(kept, NOTE, AUTHORITY.above())).isEqualTo(genuine);
        assertThat(TokenCheck.ofStored(kept, NOTE, TrustedAuthorities.NONE)).isEqualTo(genuine);
        assertThat(TokenCheck.timeOf(kept)).contains(NOW);
        assertThat(TokenCheck.form(kept)).contains(kept);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "REJECTS | NOT_GRANTED | status 2: not today.",
                "SAYS_NOTHING | UNREADABLE | Expected an answer of a time-stamping authority, but it does not parse",
                "SAYS_SOMETHING_ELSE | UNREADABLE | Expected an answer of a time-stamping authority, but it does not",
                "STAMPS_SOMETHING_ELSE | OTHER_IMPRINT | but it is of something else.",
                "ANSWERS_ANOTHER_QUESTION | OTHER_NONCE | but it is to 10.",
                "KEEPS_ITS_CERTIFICATE | NO_CERTIFICATE | Expected the authority's certificate in the timestamp",
                "IS_FOR_SOMETHING_ELSE | OTHER_PURPOSE | Expected a certificate for time-stamping alone",
                "IS_PAST_ITS_CERTIFICATE | NOT_VALID_THEN | Expected a certificate that was valid at 2035-12-30T00:00:01Z",
                "SIGNS_BADLY | BAD_SIGNATURE | Expected a timestamp signed by CN=Test Time, but its signature does not"
            })
    void refuses(Fault fault, Reason reason, String sentence) {
        byte[] answer = AUTHORITY.answer(question.encode(), NOW, fault);

        assertThat(TokenCheck.ofAnswer(answer, question, AUTHORITY.above()))
                .isInstanceOfSatisfying(Refused.class, refused -> {
                    assertThat(refused.reason()).isEqualTo(reason);
                    assertThat(refused.sentence()).contains(sentence).endsWith(".");
                });
    }

    @Test
    void refusesAnAuthorityThatNobodyTrustsThoughItHasTheSameName() {
        TestAuthority other = TestAuthority.named("Test Time");
        byte[] answer = AUTHORITY.answer(question.encode(), NOW, Fault.NONE);

        for (TrustedAuthorities trusted : new TrustedAuthorities[] {other.itself(), other.above()}) {
            assertThat(TokenCheck.ofAnswer(answer, question, trusted))
                    .isInstanceOfSatisfying(
                            Refused.class,
                            refused -> assertThat(refused.reason()).isEqualTo(Reason.UNTRUSTED));
        }
    }

    @Test
    void aStoredTimestampIsOfItsCheckpointAndHoldsNothingElse() {
        byte[] kept = AUTHORITY.stamp(NOTE, NOW);
        byte[] longer = Arrays.copyOf(kept, kept.length + 1);

        assertThat(reason(TokenCheck.ofStored(kept, new byte[] {1}, AUTHORITY.above())))
                .isEqualTo(Reason.OTHER_IMPRINT);
        assertThat(reason(TokenCheck.ofStored(longer, NOTE, AUTHORITY.above()))).isEqualTo(Reason.UNREADABLE);
    }

    /**
     * The frame around what is signed (version numbers, names of algorithms) can differ and mean the same; there the
     * lock's hash finds the difference, and in an export the manifest's.
     */
    @ParameterizedTest
    @EnumSource(
            value = Fault.class,
            names = {"NONE", "REJECTS"})
    void findsNearlyEveryFlippedBitByItselfAndFailsAtNone(Fault fault) {
        byte[] answer =
                fault == Fault.NONE ? AUTHORITY.stamp(NOTE, NOW) : AUTHORITY.answer(question.encode(), NOW, fault);
        int unseen = 0;
        for (int at = 0; at < answer.length; at++) {
            byte[] flipped = answer.clone();
            flipped[at] ^= (byte) (1 << at % Byte.SIZE);
            if (TokenCheck.ofStored(flipped, NOTE, AUTHORITY.above()) instanceof Genuine) {
                unseen++;
            }
            assertThatCode(() -> TokenCheck.timeOf(flipped)).doesNotThrowAnyException();
        }

        assertThat(unseen).isLessThanOrEqualTo(answer.length / 25);
    }

    private static Reason reason(TimestampVerdict verdict) {
        return verdict instanceof Refused refused ? refused.reason() : Reason.NOT_GRANTED;
    }
}
