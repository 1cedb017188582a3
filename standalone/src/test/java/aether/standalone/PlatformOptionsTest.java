package aether.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aether.archive.cosign.CosignSettings;
import aether.archive.cosign.WitnessAddress;
import aether.archive.log.Cosigner;
import aether.archive.log.CosignerKey;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.ParameterException;

class PlatformOptionsTest {

    private static final CosignerKey WITNESS =
            Cosigner.ed25519("witness.test/w1", new byte[32]).key();

    @TempDir
    private Path directory;

    @Command(name = "up")
    private static final class Up {
        @Mixin
        private PlatformOptions options = new PlatformOptions();
    }

    private CosignSettings witnesses(String policy) throws IOException {
        Path file = Files.writeString(directory.resolve("policy"), policy);
        Up up = new Up();
        new CommandLine(up).parseArgs("--data-dir", directory.toString(), "--witness-policy", file.toString());
        return up.options.settings().witnesses();
    }

    @Test
    void asksTheWitnessesOfThePolicy() throws IOException {
        assertThat(witnesses("witness w1 " + WITNESS.vkey() + " http://127.0.0.1:8090/\nquorum w1\n")
                        .witnesses())
                .isEqualTo(List.of(new WitnessAddress("w1", WITNESS, URI.create("http://127.0.0.1:8090/"))));
    }

    @Test
    void aPolicyThatCannotBeUsedIsAWrongUse() {
        assertThatThrownBy(() -> witnesses("witness w1 " + WITNESS.vkey() + "\nquorum w1\n"))
                .isInstanceOf(ParameterException.class)
                .hasMessageContaining("Expected the witness w1 at http://HOST/PATH");
        assertThatThrownBy(() -> witnesses("quorum w1\n"))
                .isInstanceOf(ParameterException.class)
                .hasMessageContaining("Line 1: Expected a witness or a group");
    }
}
