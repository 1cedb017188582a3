package aether.archive.witness;

import aether.archive.log.Cosigner;
import aether.archive.store.DurableFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;

/** A witness's private key, in a file beside its memory that only its owner reads. */
public final class WitnessKey {

    private static final int SEED_BYTES = 32;

    private WitnessKey() {}

    /** Reads the key of {@code state}, or makes one at the first start with chance from {@code random}. */
    public static Cosigner open(Path state, String name, SecureRandom random) throws IOException {
        Path file = state.resolve("witness.key");
        if (!Files.exists(file)) {
            byte[] seed = new byte[SEED_BYTES];
            random.nextBytes(seed);
            byte[] text = (HexFormat.of().formatHex(seed) + "\n").getBytes(StandardCharsets.US_ASCII);
            Path written = state.resolve("witness.key.new");
            DurableFiles.write(written, text, PosixFilePermissions.fromString("rw-------"));
            DurableFiles.replace(written, file);
        }
        return Cosigner.ed25519(
                name, HexFormat.of().parseHex(Files.readString(file).strip()));
    }
}
