package aether.archive.export;

import aether.archive.seal.SealWorld;
import java.io.IOException;
import java.nio.file.Path;

/** Writes one and the same export from a process of its own, for a test that compares processes. */
final class SameBytes {

    private SameBytes() {}

    /** Writes it to the file that is named. */
    public static void main(String[] arguments) throws IOException {
        write(Path.of(arguments[0]));
    }

    static String write(Path zip) throws IOException {
        return Exporter.export(
                        new CustomerLog().append(600, 3).reader(),
                        new ExportRequest(CustomerLog.of(1), SealWorld.SIGNER.verifierKey(), null, SealWorld.SIGNER),
                        zip,
                        ExportRequest.Progress.SILENT)
                .sha256();
    }
}
