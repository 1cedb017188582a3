package aether.standalone.cli;

import aether.archive.log.Cosigner;
import aether.archive.log.VerifierKey;
import aether.archive.witness.WitnessKey;
import aether.archive.witness.WitnessMemory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import picocli.CommandLine.Option;

/** Who a witness is, which log it knows, and where it remembers what it has seen. */
final class WitnessOptions {

    @Option(names = "--key", paramLabel = "FILE", required = true, description = "The file with the log's public key.")
    private Path key;

    @Option(names = "--name", paramLabel = "NAME", required = true, description = "The witness's own name.")
    private String name;

    @Option(
            names = "--state",
            paramLabel = "DIR",
            required = true,
            description =
                    "What the witness must not forget: its key, made at the first start, and the newest checkpoint.")
    private Path state;

    Path state() {
        return state;
    }

    VerifierKey log() throws IOException {
        return VerifierKey.parse(Files.readString(key));
    }

    WitnessMemory memory() throws IOException {
        return new WitnessMemory(state);
    }

    /** Signs as the witness; the key is made where there is none. */
    Cosigner cosigner() throws IOException {
        return WitnessKey.open(state, name, new SecureRandom());
    }
}
