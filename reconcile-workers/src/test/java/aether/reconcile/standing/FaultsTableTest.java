package aether.reconcile.standing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Holds {@code docs/faults.md} to the code and to its tests, row by row and in both directions. */
class FaultsTableTest {

    private static final Path TABLE = Path.of("../docs/faults.md");
    private static final Path CODE = Path.of("src/main/java/aether/reconcile");
    private static final Path TESTS = Path.of("src/test/java/aether/reconcile");

    private static final Map<String, String> OWNERS =
            Map.of("ours", "OURS", "the customer's", "CUSTOMER", "the infrastructure's", "INFRASTRUCTURE");

    /** How a reason is given in the code: beside a fault, or in a finding. */
    private static final List<Pattern> GIVEN = List.of(
            Pattern.compile("Fault\\.[A-Z]+,\\s*\"([A-Z]\\w+)\""),
            Pattern.compile("(?:infrastructure|waiting)\\((?:owner, )?\"([A-Z]\\w+)\""));

    /** How it is given where reasons are chosen. */
    private static final List<Pattern> CHOSEN = List.of(
            Pattern.compile("\\? \"([A-Z]\\w+)\" : \"[A-Z]\\w+\""),
            Pattern.compile("\\? \"[A-Z]\\w+\" : \"([A-Z]\\w+)\""),
            Pattern.compile("case [A-Z_]+ -> \"([A-Z]\\w+)\""));

    private static final Pattern CHOOSING = Pattern.compile(".*(Diagnosis|Finding|OutsideFailure)\\.java");

    /** Given of what is no hindrance. */
    private static final Set<String> NO_HINDRANCE = Set.of("LeaseLost");

    private record Row(String reason, String whose, String test) {}

    private static List<Row> rows() throws IOException {
        List<Row> rows = new ArrayList<>();
        for (String line : Files.readAllLines(TABLE)) {
            List<String> cells =
                    Arrays.stream(line.split("\\|")).map(String::strip).toList();
            if (cells.size() == 5 && cells.get(2).startsWith("`")) {
                rows.add(new Row(
                        cells.get(2).replace("`", ""),
                        cells.get(3),
                        cells.get(4).replace("`", "")));
            }
        }
        return rows;
    }

    private static Set<String> found(List<Pattern> patterns, String source) {
        Set<String> found = new TreeSet<>();
        for (Pattern pattern : patterns) {
            Matcher matcher = pattern.matcher(source);
            while (matcher.find()) {
                found.add(matcher.group(1));
            }
        }
        return found;
    }

    private static Set<String> given() throws IOException {
        Set<String> given = new TreeSet<>();
        try (Stream<Path> files = Files.walk(CODE)) {
            for (Path file :
                    files.filter(each -> each.toString().endsWith(".java")).toList()) {
                String source = Files.readString(file);
                given.addAll(found(GIVEN, source));
                if (CHOOSING.matcher(file.toString()).matches()) {
                    given.addAll(found(CHOSEN, source));
                }
            }
        }
        given.removeAll(NO_HINDRANCE);
        return given;
    }

    @Test
    void everyReasonInTheCodeHasItsRow() throws IOException {
        assertThat(rows()).extracting(Row::reason).containsAll(given());
        assertThat(given()).as("the patterns find what is there").contains("ApiAway", "ClaimPending", "ImageInvalid");
    }

    @Test
    void everyRowIsMadeAndSeenByItsTest() throws IOException {
        List<Row> rows = rows();
        assertThat(rows).hasSizeGreaterThan(30);
        for (Row row : rows) {
            assertThat(OWNERS).as("%s", row).containsKey(row.whose());
            String[] test = row.test().split("#");
            assertThat(test).as("%s", row).hasSize(2);
            String source;
            try (Stream<Path> files = Files.walk(TESTS)) {
                source = Files.readString(files.filter(each -> each.endsWith(test[0] + ".java"))
                        .findFirst()
                        .orElseThrow(
                                () -> new AssertionError("Expected the test of " + row + ", but it is not there")));
            }
            assertThat(source).as("%s", row).contains("void " + test[1] + "(").contains(row.reason());
            String block = source.substring(0, source.indexOf("void " + test[1] + "("));
            String near = block.substring(Math.max(block.lastIndexOf("\n    }\n"), 0))
                    + source.substring(block.length()).split("\n    }\n", 2)[0];
            assertThat(near).as("%s stands in its test", row).contains(row.reason());
        }
    }
}
