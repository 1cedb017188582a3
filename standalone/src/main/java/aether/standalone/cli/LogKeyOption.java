package aether.standalone.cli;

import aether.archive.log.VerifierKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The log's key, for whoever has one from elsewhere than the archive. */
final class LogKeyOption {

    @Option(names = "--key", paramLabel = "FILE", description = "The file with the log's public key (a vkey line).")
    private @Nullable Path file;

    boolean isGiven() {
        return file != null;
    }

    /** The key; null when none was brought. */
    @Nullable
    VerifierKey read() throws IOException {
        return read(file);
    }

    /** The key in a file; null without one. */
    static @Nullable VerifierKey read(@Nullable Path vkey) throws IOException {
        return vkey == null ? null : VerifierKey.parse(Files.readString(vkey));
    }
}
