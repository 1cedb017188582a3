package aether.domain.process;

import static org.assertj.core.api.Assertions.assertThat;

import aether.domain.kernel.Command;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Keeps the diagrams in {@code docs/flows} true; {@code -Dflows.write=true} writes them anew. */
class FlowsTest {

    private static final Path FLOWS = Path.of("../docs/flows");

    static Stream<ProcessTable<?, ?>> tables() {
        return Stream.of(
                ProvisionCluster.TABLE,
                ScalePool.TABLE,
                RetireCluster.TABLE,
                RotateAuthority.TABLE,
                UpgradeCluster.TABLE,
                HibernateCluster.TABLE);
    }

    @ParameterizedTest
    @MethodSource("tables")
    void theDiagramShowsTheTable(ProcessTable<?, ?> table) throws IOException {
        Path file = FLOWS.resolve(
                table.name().replaceAll("(?<=[a-z])(?=[A-Z])", "-").toLowerCase(Locale.ROOT) + ".mmd");
        String diagram = diagram(table);
        if (Boolean.getBoolean("flows.write")) {
            Files.createDirectories(FLOWS);
            Files.writeString(file, diagram);
        }

        assertThat(file).as("run once with -Dflows.write=true").content().isEqualTo(diagram);
    }

    private static <S extends Enum<S>> String diagram(ProcessTable<S, ?> table) {
        Map<String, Set<String>> arrows = new LinkedHashMap<>();
        for (ProcessTable.Row<S> row : table.rows()) {
            if (!row.ignored()) {
                row.next().stream()
                        .sorted()
                        .forEach(next -> arrows.computeIfAbsent(
                                        (row.from() == null ? "[*]" : row.from().name()) + " --> " + next.name(),
                                        unused -> new LinkedHashSet<>())
                                .add(label(table, row)));
            }
        }
        table.terminal().stream()
                .sorted()
                .forEach(state -> arrows.put(state.name() + " --> [*]", new LinkedHashSet<>()));
        return arrows.entrySet().stream()
                .map(arrow -> "    " + arrow.getKey()
                        + (arrow.getValue().isEmpty() ? "" : " : " + String.join("<br/>", arrow.getValue())))
                .collect(Collectors.joining(
                        "\n",
                        "%% Generated from aether.domain.process." + table.name() + "; rows that ignore are left out.\n"
                                + "stateDiagram-v2\n",
                        "\n"));
    }

    private static <S extends Enum<S>> String label(ProcessTable<S, ?> table, ProcessTable.Row<S> row) {
        String name = row.trigger().getSimpleName();
        if (row.trigger().equals(Trigger.DeadlinePassed.class)) {
            return "after "
                    + (row.from() == null
                            ? ""
                            : table.deadlineOf(row.from()).orElseThrow().toMinutes())
                    + " min";
        }
        return Command.class.isAssignableFrom(row.trigger()) ? name + " refused" : name;
    }
}
