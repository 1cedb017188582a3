package aether.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
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
}
