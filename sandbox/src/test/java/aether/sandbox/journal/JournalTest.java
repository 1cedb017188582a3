package aether.sandbox.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aether.sandbox.kubernetes.Deletion;
import aether.sandbox.kubernetes.KubernetesStore;
import aether.sandbox.kubernetes.Selection;
import aether.sandbox.kubernetes.Types;
import aether.sandbox.kubernetes.World;
import aether.sandbox.kubernetes.WriteOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.InstantSource;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.node.ObjectNode;

class JournalTest {
    private static final String NAME = "kubernetes/test";
    private static final WriteOptions US = WriteOptions.by("test");

    @TempDir
    Path directory;

    private record Opened(Journal journal, KubernetesStore store) {}

    private Opened open() throws IOException {
        Journal journal = Journal.open(directory.resolve("journal"), InstantSource.system());
        KubernetesStore store = new KubernetesStore(NAME, journal, new World(InstantSource.system(), new Random(4)));
        journal.replay(name -> store);
        return new Opened(journal, store);
    }

    private static ObjectNode named(String name) {
        ObjectNode object = Json.object();
        object.putObject("metadata").put("name", name);
        return object;
    }

    private void fill(KubernetesStore store) {
        for (int i = 0; i < 5; i++) {
            ObjectNode effect = Json.object().put("effect", "made").put("name", "n" + i);
            store.create(Types.NAMESPACE, "", named("n" + i), US.noting(effect));
        }
        store.delete(Types.NAMESPACE, "", "n2", Deletion.PLAIN);
    }

    @Test
    void remembersExactly() throws IOException {
        Opened first = open();
        fill(first.store());
        first.journal().close();

        Opened second = open();

        assertThat(second.store().everything()).isEqualTo(first.store().everything());
        assertThat(second.store().version()).isEqualTo(first.store().version());
        assertThat(second.journal().ledger().effects("made")).hasSize(5);
        second.journal().close();
    }

    /** A controller is told to end by an interrupt, and may be writing just then. */
    @Test
    void aWriterThatIsToldToEndTakesNobodysMemoryAway() throws IOException {
        Opened first = open();
        Thread.currentThread().interrupt();
        first.store().create(Types.NAMESPACE, "", named("last-words"), US);
        assertThat(Thread.interrupted()).isTrue();
        first.store().create(Types.NAMESPACE, "", named("anothers"), US);
        first.journal().close();

        Opened second = open();

        assertThat(second.store().everything()).hasSize(2);
        second.journal().close();
    }

    @Test
    void compactingForgetsTheWayButNotTheState() throws IOException {
        Opened first = open();
        fill(first.store());
        first.journal().compact(Map.of(NAME, first.store()), 0);
        ObjectNode late = first.store().create(Types.NAMESPACE, "", named("late"), US);
        first.journal().close();

        Opened second = open();

        assertThat(second.store().everything())
                .isEqualTo(first.store().everything())
                .contains(late);
        assertThat(second.store().version()).isEqualTo(first.store().version());
        assertThat(second.journal().ledger().effects("made")).hasSize(5);
        assertThatThrownBy(() -> second.store().watch(Types.NAMESPACE, "", Selection.ALL, OptionalLong.of(2)))
                .hasMessageContaining("too old");
        second.journal().close();
    }

    @Test
    void aTornLastLineNeverHappened() throws IOException {
        Opened first = open();
        fill(first.store());
        first.journal().close();
        Files.writeString(directory.resolve("journal"), "{\"to\":\"kuber", StandardOpenOption.APPEND);

        Opened second = open();
        second.store().create(Types.NAMESPACE, "", named("after"), US);
        second.journal().close();
        Opened third = open();

        assertThat(third.store().everything()).hasSize(5);
        third.journal().close();
    }

    @Test
    void aDamagedLineInTheMiddleIsNotGlossedOver() throws IOException {
        Opened first = open();
        fill(first.store());
        first.journal().close();
        Path file = directory.resolve("journal");
        Files.writeString(file, Files.readString(file).replaceFirst("\\{", "?"));

        assertThatThrownBy(this::open).hasMessageContaining("Expected line 1").hasMessageContaining("damaged");
    }
}
