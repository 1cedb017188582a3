package aether.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aether.domain.cluster.ClusterId;
import aether.domain.export.ExportId;
import aether.domain.kernel.Ipv4Block;
import aether.domain.kernel.KubernetesVersion;
import aether.domain.kernel.Personal;
import aether.domain.machine.MachineId;
import aether.domain.nodepool.NodePoolId;
import aether.domain.organization.OrganizationEvent;
import aether.domain.organization.OrganizationId;
import aether.domain.privacy.SubjectId;
import aether.domain.samples.Samples;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Holds {@code docs/privacy.md} to the events: every field is said to be personal or not, by somebody who thought. */
class PersonalDataTest {

    private static final Path TABLE = Path.of("../docs/privacy.md");

    /** Records that are one text in JSON. */
    private static final Set<Class<?>> TEXTS = Set.of(
            OrganizationId.class,
            ClusterId.class,
            NodePoolId.class,
            MachineId.class,
            SubjectId.class,
            ExportId.class,
            KubernetesVersion.class,
            Ipv4Block.class);

    private record Line(Set<String> personal, Set<String> other) {}

    @Test
    void everyFieldOfEveryEventHasAClass() throws IOException {
        Map<String, Line> lines = lines();
        Map<String, Set<String>> expected = new LinkedHashMap<>();
        for (EventTypes.Row row : EventTypes.PLATFORM.rows()) {
            expected.put(row.name().substring(EventTypes.PREFIX.length()), fields(row.event()));
        }
        expected.put("metadata", fields(EventMetadata.class));

        assertThat(lines.keySet()).containsExactlyInAnyOrderElementsOf(expected.keySet());
        expected.forEach((name, fields) -> assertThat(union(lines.getOrDefault(name, new Line(Set.of(), Set.of()))))
                .as("docs/privacy.md names the fields of %s, each as personal or as not personal", name)
                .isEqualTo(fields));
    }

    @Test
    void noFieldIsBoth() throws IOException {
        lines().forEach((name, line) -> assertThat(line.personal()).as(name).doesNotContainAnyElementsOf(line.other()));
    }

    @Test
    void whatIsSealedIsSaidToBePersonal() throws IOException {
        Map<String, Line> lines = lines();
        for (EventTypes.Row row : EventTypes.PLATFORM.rows()) {
            for (RecordComponent component : row.event().getRecordComponents()) {
                if (component.getType() == Personal.class) {
                    assertThat(lines.getOrDefault(
                                            row.name().substring(EventTypes.PREFIX.length()),
                                            new Line(Set.of(), Set.of()))
                                    .personal())
                            .as(row.name())
                            .contains(component.getName());
                }
            }
        }
    }

    @Test
    void aPlainPersonalValueIsNeverEncoded() {
        var event =
                new OrganizationEvent.BillingContactSet(Samples.ORGANIZATION, new Personal.Plain("mia@example.org"));

        assertThatThrownBy(() -> new JsonEventCodec().encode(event))
                .hasMessageContaining("sealed before it is encoded")
                .hasMessageNotContaining("mia");
    }

    private static Set<String> union(Line line) {
        Set<String> all = new TreeSet<>(line.personal());
        all.addAll(line.other());
        return all;
    }

    private static Map<String, Line> lines() throws IOException {
        Map<String, Line> lines = new HashMap<>();
        List<String> text = Files.readAllLines(TABLE);
        for (String line : text.subList(text.indexOf("## Every event"), text.size())) {
            String[] cells = line.split("\\|", -1);
            if (cells.length == 5 && !cells[2].strip().equals("personal") && !line.startsWith("| ---")) {
                lines.put(cells[1].strip(), new Line(names(cells[2]), names(cells[3])));
            }
        }
        return lines;
    }

    private static Set<String> names(String cell) {
        Set<String> names = new TreeSet<>();
        Stream.of(cell.split(",", -1))
                .map(String::strip)
                .filter(name -> !name.isEmpty() && !name.equals("-"))
                .forEach(names::add);
        return names;
    }

    private static Set<String> fields(Class<?> record) {
        Set<String> fields = new TreeSet<>();
        for (RecordComponent component : record.getRecordComponents()) {
            String name = component.getName().replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT);
            if (component.getType().isRecord() && !TEXTS.contains(component.getType())) {
                fields(component.getType()).forEach(inner -> fields.add(name + "." + inner));
            } else {
                fields.add(name);
            }
        }
        return fields;
    }
}
