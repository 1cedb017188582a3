package aether.sandbox.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import aether.sandbox.journal.Journal;
import aether.sandbox.journal.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterProperty;
import net.jqwik.api.lifecycle.BeforeProperty;
import tools.jackson.databind.node.ObjectNode;

/** Whatever is applied: saying it again changes nothing, and what a manager no longer says is gone. */
class ApplyProperties {
    private static final World WORLD = new World(InstantSource.system(), new Random(1));
    private Path file = Path.of("unset");
    private List<Journal> journals = new ArrayList<>();

    @BeforeProperty
    void directory() throws IOException {
        file = Files.createTempDirectory("apply");
    }

    @AfterProperty
    void clean() throws IOException {
        for (Journal journal : journals) {
            journal.close();
        }
        try (var files = Files.list(file)) {
            for (Path each : files.toList()) {
                Files.delete(each);
            }
        }
        Files.delete(file);
    }

    private KubernetesStore store() throws IOException {
        Path path = file.resolve("journal");
        Files.deleteIfExists(path);
        Journal journal = Journal.open(path, InstantSource.system());
        journals.add(journal);
        KubernetesStore store = new KubernetesStore("kubernetes/test", journal, WORLD);
        store.create(Types.NAMESPACE, "", Json.parseObject("{\"metadata\":{\"name\":\"n\"}}"), WriteOptions.by("test"));
        return store;
    }

    private static ObjectNode apply(KubernetesStore store, String manager, ObjectNode configuration) {
        WriteOptions options = new WriteOptions(manager, "", true, false, Json.object());
        return store.patch(Types.DEPLOYMENT, "n", "d", new Patch.Apply(configuration), options);
    }

    private static ObjectNode deployment(Map<String, String> labels, List<String> containers, Set<String> volumes) {
        ObjectNode object = Json.object();
        labels.forEach(object.putObject("metadata").putObject("labels")::put);
        ObjectNode pod = object.putObject("spec").putObject("template").putObject("spec");
        var list = pod.putArray("containers");
        Set.copyOf(containers).stream()
                .sorted()
                .forEach(name -> list.addObject()
                        .put("name", name)
                        .put("image", name + ":1")
                        .putArray("args")
                        .add(name));
        var mounts = pod.putArray("volumes");
        volumes.forEach(name -> mounts.addObject().put("name", name).putObject("emptyDir"));
        return object;
    }

    @Provide
    Arbitrary<ObjectNode> deployments() {
        Arbitrary<String> names = Arbitraries.of("a", "b", "c", "d");
        return net.jqwik.api.Combinators.combine(
                        Arbitraries.maps(names, names).ofMaxSize(3),
                        names.list().ofMaxSize(3),
                        names.set().ofMaxSize(3))
                .as(ApplyProperties::deployment);
    }

    @Property(tries = 150)
    void sayingItAgainChangesNothing(@ForAll("deployments") ObjectNode first, @ForAll("deployments") ObjectNode second)
            throws IOException {
        KubernetesStore store = store();
        apply(store, "us", first);
        ObjectNode once = apply(store, "us", second);

        ObjectNode again = apply(store, "us", second);

        assertThat(again).isEqualTo(once);
        assertThat(store.version()).isEqualTo(Long.parseLong(Json.text(once, "metadata", "resourceVersion")));
    }

    @Property(tries = 150)
    void whatWasSaidBeforeLeavesNoTrace(
            @ForAll("deployments") ObjectNode first, @ForAll("deployments") ObjectNode second) throws IOException {
        KubernetesStore changed = store();
        apply(changed, "us", first);
        ObjectNode after = apply(changed, "us", second);
        ObjectNode direct = apply(store(), "us", second);

        assertThat(leaves(after)).isEqualTo(leaves(direct));
    }

    @Property(tries = 150)
    void twoManagersWhoAgreeDoNotDisturbEachOther(
            @ForAll("deployments") ObjectNode ours, @ForAll("deployments") ObjectNode theirs) throws IOException {
        KubernetesStore store = store();
        apply(store, "us", ours);
        ObjectNode together = apply(store, "them", theirs);

        ObjectNode again = apply(store, "them", theirs);

        assertThat(again).isEqualTo(together);
        assertThat(leaves(together)).containsAll(leaves(theirs));
        assertThat(leaves(together)).containsAll(leaves(ours));
    }

    /** The paths with a value; an emptied container may stay or go. */
    private static Set<List<String>> leaves(ObjectNode object) {
        Set<List<String>> paths = ManagedFields.ownable(object, "");
        paths.removeIf(path -> FieldPaths.resolve(object, path).isContainer()
                && FieldPaths.resolve(object, path).isEmpty());
        return paths;
    }
}
