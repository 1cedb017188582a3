package aether.archive.export;

import java.time.Instant;
import java.time.LocalDate;

/** Times as the envelope has them, read without the JDK's parser, which takes as long as the rest of an entry does. */
final class QuickTime {

    private static final int SECONDS_END = "2026-11-27T00:00:00".length();
    private static final String SHAPE = "dddd-dd-ddTdd:dd:dd";
    private static final int NANO_DIGITS = 9;

    private QuickTime() {}

    /**
     * The same as {@link Instant#parse}.
     *
     * @throws java.time.DateTimeException when it is no time
     */
    static Instant parse(String text) {
        int end = text.length() - 1;
        if (!hasShape(text, end)) {
            return Instant.parse(text);
        }
        int hour = number(text, 11, 13);
        int minute = number(text, 14, 16);
        int second = number(text, 17, SECONDS_END);
        if (hour > 23 || minute > 59 || second > 59) {
            return Instant.parse(text); // the end of a day and leap seconds are its business
        }
        long day = LocalDate.of(number(text, 0, 4), number(text, 5, 7), number(text, 8, 10))
                .toEpochDay();
        int nanos = end == SECONDS_END ? 0 : number(text, SECONDS_END + 1, end);
        for (int digits = end - SECONDS_END - 1; digits >= 0 && digits < NANO_DIGITS; digits++) {
            nanos *= 10;
        }
        return Instant.ofEpochSecond(((day * 24 + hour) * 60 + minute) * 60 + second, nanos);
    }

    /** Whether these are digits where they belong, up to a Z at the end. */
    private static boolean hasShape(String text, int end) {
        int fraction = end - SECONDS_END - 1;
        if (end < SECONDS_END || text.charAt(end) != 'Z' || fraction == 0 || fraction > NANO_DIGITS) {
            return false;
        }
        for (int i = 0; i < SECONDS_END; i++) {
            char wanted = SHAPE.charAt(i);
            if (wanted == 'd' ? !isDigit(text.charAt(i)) : text.charAt(i) != wanted) {
                return false;
            }
        }
        for (int i = SECONDS_END + 1; i < end; i++) {
            if (!isDigit(text.charAt(i))) {
                return false;
            }
        }
        return end == SECONDS_END || text.charAt(SECONDS_END) == '.';
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private static int number(String text, int from, int to) {
        int number = 0;
        for (int i = from; i < to; i++) {
            number = 10 * number + text.charAt(i) - '0';
        }
        return number;
    }
}
