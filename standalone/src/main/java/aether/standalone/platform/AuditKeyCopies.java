package aether.standalone.platform;

import aether.archive.keys.ArchivedKeys;
import aether.archive.keys.KeyChain;
import aether.archive.keys.KeyObjects;
import aether.archive.keys.KeyStatement;
import aether.archive.keys.LogKey;
import aether.archive.keys.SecondKeys;
import aether.archive.log.VerifierKey;
import aether.archive.read.DirectoryReader;
import aether.archive.read.SecondKey;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Copies of an archive's public keys outside of it, where {@code audit verify} is pointed at: the keys that a reader
 * needs now. A copy follows the log's key only along statements that the key in the copy has signed, and so into no
 * later epoch; whoever puts another archive in the place of this one changes no copy.
 *
 * @param key where the public key goes
 * @param secondKey where the ML-DSA-44 key goes
 */
record AuditKeyCopies(Path key, Path secondKey) {

    /** Takes what the archive has, if it can be believed; what is wrong, verification says. */
    void take(Path archive) throws IOException {
        if (!Files.isDirectory(archive)) {
            return;
        }
        KeyObjects objects = KeyObjects.of(DirectoryReader.open(archive));
        try {
            @Nullable VerifierKey before = Files.exists(key) ? VerifierKey.parse(Files.readString(key)) : null;
            ArchivedKeys archived = ArchivedKeys.read(objects, before);
            KeyChain chain = archived.chain();
            if (chain != null && archived.faults().isEmpty()) {
                take(objects, before == null ? chain.present() : reachedFrom(before, chain));
            }
        } catch (IllegalArgumentException e) {
            return; // a copy or an object that is no key
        }
    }

    /** The newest key of the same epoch: on the base of a later one its own key has signed, and nobody else. */
    private static LogKey reachedFrom(VerifierKey before, KeyChain chain) {
        LogKey reached = chain.keys().getFirst();
        boolean follows = false;
        for (LogKey each : chain.keys()) {
            follows = each.key().equals(before) || (follows && each.base() == null);
            reached = follows ? each : reached;
        }
        return reached;
    }

    private void take(KeyObjects objects, LogKey present) throws IOException {
        Optional<SecondKey> second = SecondKeys.of(objects, present);
        KeyStatement statement = present.statement();
        boolean handedOver = statement != null && statement.secondTo() != null;
        // Else nobody has signed the object that announces it, so that a copy is not replaced with it.
        if (second.isPresent() && (handedOver || !Files.exists(secondKey))) {
            write(secondKey, second.get().encode());
        }
        // Last: if we die before, the copy still leads to the same keys.
        write(key, (present.key().vkey() + "\n").getBytes(StandardCharsets.UTF_8));
    }

    private static void write(Path copy, byte[] bytes) throws IOException {
        if (Files.exists(copy) && Arrays.equals(Files.readAllBytes(copy), bytes)) {
            return;
        }
        Path next = copy.resolveSibling(copy.getFileName() + ".next");
        Files.write(next, bytes);
        Files.move(next, copy, StandardCopyOption.ATOMIC_MOVE);
    }
}
