package aether.domain.cluster;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A time of the week in which a customer does not mind that something restarts; in UTC, which knows no summer.
 *
 * @param days on which it opens, in order, each once
 * @param startMinute minutes after midnight, 0 to 1439
 * @param minutes for how long, {@link #SHORTEST} to {@link #LONGEST}
 */
public record MaintenanceWindow(List<DayOfWeek> days, int startMinute, int minutes) {

    /** Less does not hold one rolling restart of an API server. */
    public static final int SHORTEST = 30;

    /** A day: what is longer is every day. */
    public static final int LONGEST = 1440;

    /** One for each day, and one more for each. */
    public static final int MAX = 14;

    private static final int HOUR = 60;
    private static final int SHORT_DAY = 3;
    private static final int WEEK = 7;

    private static final Pattern FORM =
            Pattern.compile("([a-z]{3}(?:,[a-z]{3}){0,6}) ([01][0-9]|2[0-3]):([0-5][0-9])\\+([0-9]{1,4})([hm])");

    /**
     * A time at which a window is open.
     *
     * @param from inclusive
     * @param to exclusive
     */
    public record Opening(Instant from, Instant to) {
        boolean contains(Instant moment) {
            return !moment.isBefore(from) && moment.isBefore(to);
        }
    }

    public MaintenanceWindow {
        days = List.copyOf(days);
    }

    /** Reads {@code sat,sun 02:00+4h}; empty when it is none, or out of bounds. */
    public static Optional<MaintenanceWindow> parse(String text) {
        Matcher form = FORM.matcher(text);
        if (!form.matches()) {
            return Optional.empty();
        }
        TreeSet<DayOfWeek> days = new TreeSet<>();
        for (String word : form.group(1).split(",", -1)) {
            Optional<DayOfWeek> day = Stream.of(DayOfWeek.values())
                    .filter(one -> word(one).equals(word))
                    .findFirst();
            if (day.isEmpty() || !days.add(day.get())) {
                return Optional.empty();
            }
        }
        int amount = Integer.parseInt(form.group(4));
        MaintenanceWindow window = new MaintenanceWindow(
                List.copyOf(days),
                Integer.parseInt(form.group(2)) * HOUR + Integer.parseInt(form.group(3)),
                form.group(5).equals("h") ? amount * HOUR : amount);
        return window.fits() ? Optional.of(window) : Optional.empty();
    }

    /** Whether everything is within its bounds. */
    public boolean fits() {
        return !days.isEmpty()
                && days.equals(List.copyOf(new TreeSet<>(days)))
                && startMinute >= 0
                && startMinute < LONGEST
                && minutes >= SHORTEST
                && minutes <= LONGEST;
    }

    /** The form that {@link #parse} reads. */
    public String text() {
        String length = minutes % HOUR == 0 ? minutes / HOUR + "h" : minutes + "m";
        return days.stream().map(MaintenanceWindow::word).collect(Collectors.joining(","))
                + " %02d:%02d+%s".formatted(startMinute / HOUR, startMinute % HOUR, length);
    }

    private static String word(DayOfWeek day) {
        return day.name().substring(0, SHORT_DAY).toLowerCase(Locale.ROOT);
    }

    /** Every opening that is not over at a moment, from a day before it to a week after it. */
    Stream<Opening> openings(Instant now) {
        LocalDate today = now.atZone(ZoneOffset.UTC).toLocalDate();
        return Stream.iterate(-1, day -> day <= WEEK, day -> day + 1)
                .map(today::plusDays)
                .filter(day -> days.contains(day.getDayOfWeek()))
                .map(day -> day.atTime(LocalTime.MIDNIGHT).toInstant(ZoneOffset.UTC))
                .map(midnight -> midnight.plus(Duration.ofMinutes(startMinute)))
                .map(from -> new Opening(from, from.plus(Duration.ofMinutes(minutes))))
                .filter(opening -> opening.to().isAfter(now));
    }
}
