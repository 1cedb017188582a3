package aether.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A document that says which test shows something names tests that exist. */
class NamedTestsTest {

    private static final Path HOUSE = Path.of("..");
    private static final Pattern NAMED = Pattern.compile("`([A-Z][A-Za-z0-9]*(?:Test|Properties))(?:\\.[A-Za-z]+)?`");

    @ParameterizedTest
    @ValueSource(
            strings = {"docs/audit.md", "docs/faults.md", "docs/isolation.md", "docs/howto/run-a-real-control-plane.md"
            })
    void namesOnlyTestsThatExist(String document) throws IOException {
        Set<String> named = new TreeSet<>();
        Matcher found = NAMED.matcher(Files.readString(HOUSE.resolve(document)));
        while (found.find()) {
            named.add(found.group(1));
        }

        assertThat(named).isNotEmpty().isSubsetOf(tests());
    }

    private static Set<String> tests() throws IOException {
        Set<String> names = new TreeSet<>();
        try (Stream<Path> rooms = Files.list(HOUSE)) {
            for (Path sources : rooms.map(room -> room.resolve("src/test/java"))
                    .filter(Files::isDirectory)
                    .toList()) {
                try (Stream<Path> files = Files.walk(sources)) {
                    names.addAll(files.map(file -> file.getFileName().toString())
                            .filter(file -> file.endsWith(".java"))
                            .map(file -> file.substring(0, file.length() - ".java".length()))
                            .collect(Collectors.toSet()));
                }
            }
        }
        return names;
    }
}
