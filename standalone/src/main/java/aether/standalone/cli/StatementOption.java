package aether.standalone.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/** How the log's key changed, for whoever has another key than the one that signed. */
final class StatementOption {

    @Option(
            names = "--statement",
            paramLabel = "FILE",
            description = {
                "A key statement of the log, or an epoch's base (keys/N.statement or keys/N.base in its archive), when it was",
                "signed with another of its keys than the one you have; may be repeated, and there must be no gap. For a",
                "later epoch than your key's there is no such way: get that epoch's key."
            })
    private List<Path> files = List.of();

    List<byte[]> read() throws IOException {
        List<byte[]> statements = new ArrayList<>();
        for (Path file : files) {
            statements.add(Files.readAllBytes(file));
        }
        return statements;
    }

    boolean isGiven() {
        return !files.isEmpty();
    }
}
