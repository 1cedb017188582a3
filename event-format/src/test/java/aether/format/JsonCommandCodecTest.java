package aether.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import aether.domain.archive.ArchiveCommand;
import aether.domain.audit.AuditCommand;
import aether.domain.cluster.ClusterCommand;
import aether.domain.export.ExportCommand;
import aether.domain.kernel.Command;
import aether.domain.machine.MachineCommand;
import aether.domain.network.NetworkCommand;
import aether.domain.nodepool.NodePoolCommand;
import aether.domain.organization.OrganizationCommand;
import aether.domain.organization.SlugCommand;
import aether.domain.privacy.SubjectCommand;
import aether.domain.samples.Samples;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JsonCommandCodecTest {

    private static final List<Class<?>> FAMILIES = List.of(
            SlugCommand.class,
            OrganizationCommand.class,
            NetworkCommand.class,
            ClusterCommand.class,
            NodePoolCommand.class,
            MachineCommand.class,
            AuditCommand.class,
            SubjectCommand.class,
            ExportCommand.class,
            ArchiveCommand.class);

    private final JsonCommandCodec codec = new JsonCommandCodec();

    @Test
    void knowsEveryCommandOfTheDomainOnce() {
        List<Class<?>> commands =
                FAMILIES.stream().flatMap(SealedFamilies::records).toList();

        assertThat(CommandTypes.ROWS)
                .<Class<?>>map(CommandTypes.Row::command)
                .containsExactlyInAnyOrderElementsOf(commands);
        assertThat(CommandTypes.ROWS).map(CommandTypes.Row::name).doesNotHaveDuplicates();
        assertThat(Samples.COMMANDS).<Class<?>>map(Command::getClass).containsExactlyInAnyOrderElementsOf(commands);
    }

    @Test
    void readsWhatItWrote() {
        for (Command command : Samples.COMMANDS) {
            String name = codec.nameOf(command);

            assertThat(codec.decode(name, codec.encode(command))).isEqualTo(command);
            assertThat(codec.decode(name, codec.tree(command))).isEqualTo(command);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            cluster.mark-running               | {}                                                          | cluster_id
            cluster.mark-running               | {"cluster_id":null}                                         | cluster_id
            cluster.mark-running               | {"cluster_id":"x"}                                          | cluster_id
            cluster.mark-running               | {"cluster_id":7}                                            | cluster_id
            cluster.mark-running               | {"cluster_id":"0190a000-0000-7000-8000-000000000002","a":1} | a
            machine.record-cloned              | {"epoch":1}                                                 | epoch
            machine.record-cloned              | {"epoch":"1.5"}                                             | epoch
            region.open                        | {"first_vm_id":"1000"}                                      | first_vm_id
            region.open                        | {"first_vm_id":1.5}                                         | first_vm_id
            region.open                        | {"first_vm_id":99999999999}                                 | first_vm_id
            region.open                        | {"workers":"10.0.0.1/8"}                                    | workers
            region.reserve-machine             | {"role":"queen"}                                            | role
            region.reserve-machine             | {"role":0}                                                  | role
            region.reserve-machine             | {"shape":{"vcpus":"2"}}                                     | shape.vcpus
            cluster.upgrade                    | {"target":"1.34"}                                           | target
            audit.record-clock-step            | {"shard":1}                                                 | shard
            cluster.explode                    | {}                                                          | type
            """)
    void namesTheFieldThatIsWrong(String name, String json, String field) {
        InvalidCommandException tree = refusal(name, json);

        assertThat(tree.field()).isEqualTo(field);
        assertThat(tree).hasMessageStartingWith("Expected");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {"{", "[]", "null", "7", "{} {}", "``", "{\"cluster_id\":1,\"cluster_id\":2}"})
    void refusesWhatIsNotACommandAtAll(String json) {
        assertThatThrownBy(() -> codec.decode("cluster.mark-running", json.getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(InvalidCommandException.class)
                .hasMessageStartingWith("Expected a command cluster.mark-running, but");
    }

    @Test
    void neverRepeatsWhatWasSent() {
        InvalidCommandException refusal = refusal("cluster.mark-running", "{\"cluster_id\":\"secret\"}");

        assertThat(refusal.getMessage()).doesNotContain("secret");
        assertThat(refusal("cluster.mark-running", "{\"" + "x".repeat(5_000) + "\":1}")
                        .getMessage())
                .hasSizeLessThan(300);
    }

    private InvalidCommandException refusal(String name, String json) {
        return catchThrowableOfType(
                InvalidCommandException.class, () -> codec.decode(name, json.getBytes(StandardCharsets.UTF_8)));
    }
}
