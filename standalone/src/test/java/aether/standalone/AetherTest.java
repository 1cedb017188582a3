package aether.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class AetherTest {

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private final CommandLine command =
            Aether.commandLine().setOut(new PrintWriter(out)).setErr(new PrintWriter(err));

    @Test
    void helpNamesTheFirstSteps() {
        assertThat(command.execute("--help")).isZero();
        assertThat(out.toString()).contains("aether quickstart").contains("aether up");
    }

    @Test
    void withoutACommandItTeachesAndFails() {
        assertThat(command.execute()).isEqualTo(CommandLine.ExitCode.USAGE);
        assertThat(err.toString()).contains("Expected a command").contains("Usage: aether");
    }

    @Test
    void tellsItsVersion() {
        assertThat(command.execute("--version")).isZero();
        assertThat(out.toString()).startsWith("aether ");
    }

    /** A list of commands shows the first line of what each says of itself, and no more. */
    @Test
    void theFirstLineOfEveryCommandIsASentence() {
        assertThat(below(command).filter(each -> !each.getCommandName().equals("help")))
                .hasSizeGreaterThan(40)
                .allSatisfy(
                        each -> assertThat(each.getCommandSpec().usageMessage().description()[0])
                                .as(each.getCommandSpec().qualifiedName())
                                .endsWith("."));
    }

    private static Stream<CommandLine> below(CommandLine command) {
        return command.getSubcommands().values().stream().flatMap(each -> Stream.concat(Stream.of(each), below(each)));
    }
}
