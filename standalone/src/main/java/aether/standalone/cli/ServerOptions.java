package aether.standalone.cli;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which server a command talks to, and as whom. */
final class ServerOptions {

    @Option(
            names = "--server",
            paramLabel = "URL",
            description =
                    "The server; default: that of the context file ($AETHER_CONFIG, else ~/.config/aether/config.yaml).")
    private @Nullable String server;

    @Option(
            names = "--token-file",
            paramLabel = "FILE",
            description = "The file with the token; default: that of the context.")
    private @Nullable Path tokenFile;

    @Option(names = "--context", paramLabel = "NAME", description = "A context of that file; default: its current one.")
    private @Nullable String context;

    @Option(
            names = "--proofs",
            paramLabel = "DIR",
            description = "Where to keep the proofs that answers bring along (strict mode).")
    private @Nullable Path proofs;

    /** A client for the server that is meant. */
    ApiClient connect(World world) {
        ContextFile.Context meant = meant(world);
        PositionMemory memory = new PositionMemory(world.contextFile().resolveSibling("last-position"), world.clock());
        String ca = meant.ca();
        return new ApiClient(
                address(meant.server()),
                token(Path.of(meant.tokenFile())),
                ca == null ? null : CaTrust.of(Path.of(ca)),
                memory,
                proofs == null ? null : new ProofFolder(proofs));
    }

    private ContextFile.Context meant(World world) {
        if (server != null && tokenFile != null) {
            return new ContextFile.Context("", server, tokenFile.toString(), null);
        }
        Path file = world.contextFile();
        ContextFile contexts = read(file);
        String name = context != null ? context : contexts.current();
        if (name == null) {
            throw CliFailure.usage(
                    "Expected a server, but %s names none. Start one with \"aether up\", or give --server and --token-file."
                            .formatted(file));
        }
        ContextFile.Context found = contexts.named(name)
                .orElseThrow(() -> CliFailure.usage(
                        "Expected a context named %s in %s, but there is none.".formatted(name, file)));
        return new ContextFile.Context(
                found.name(),
                server == null ? found.server() : server,
                tokenFile == null ? found.tokenFile() : tokenFile.toString(),
                found.ca());
    }

    private static ContextFile read(Path file) {
        try {
            return ContextFile.read(file);
        } catch (java.io.UncheckedIOException | IllegalArgumentException e) {
            throw CliFailure.usage(String.valueOf(e.getMessage()));
        }
    }

    private static URI address(String text) {
        URI address;
        try {
            address = URI.create(text);
        } catch (IllegalArgumentException e) {
            throw CliFailure.usage(
                    "Expected an address such as http://127.0.0.1:8080 in --server, but got " + text + ".");
        }
        String scheme = address.getScheme();
        if (address.getHost() == null || scheme == null || !(scheme.equals("http") || scheme.equals("https"))) {
            throw CliFailure.usage(
                    "Expected an address such as http://127.0.0.1:8080 in --server, but got " + text + ".");
        }
        return address;
    }

    private static String token(Path file) {
        try {
            String token = Files.readString(file).strip();
            if (token.isEmpty() || token.contains("\n")) {
                throw CliFailure.usage(
                        "Expected one line with a token in %s, but found another number.".formatted(file));
            }
            return token;
        } catch (IOException e) {
            throw CliFailure.usage("Expected a token in %s, but could not read it.".formatted(file));
        }
    }
}
