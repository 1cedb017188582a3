package aether.archive.keys;

import static java.nio.charset.StandardCharsets.UTF_8;

import aether.archive.log.CosignerKey;
import aether.archive.log.Hash;
import aether.archive.log.VerifierKey;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** That another key signs from here on: handed over by the one before it, or begun after a proven loss. */
public sealed interface Succession permits KeyStatement, EpochBase {

    /** The new key's number; the log began with key 0. */
    int number();

    /** From here on the new key signs, and up to here the old one. */
    long size();

    /** The root over so many entries. */
    Hash root();

    /** The size of the seal that it follows. */
    long sealed();

    /** The SHA-256 of what it follows in the chain of seals; what comes next names this in its place. */
    Hash after();

    /** When it was decided. */
    Instant at();

    /** The old key. */
    VerifierKey from();

    /** The new key. */
    VerifierKey to();

    /** The new ML-DSA-44 key; null when there is none. */
    @Nullable
    CosignerKey secondTo();

    /** The name of its object. */
    String object();

    /** What the new key signs under: the log's name, or that of the log's epoch. */
    default String origin() {
        return to().name();
    }

    /**
     * Reads either kind and checks its signatures.
     *
     * @throws IllegalArgumentException when it is neither
     */
    static Succession parse(byte[] bytes) {
        return new String(bytes, UTF_8).startsWith(EpochBase.HEADER)
                ? EpochBase.parse(bytes)
                : KeyStatement.parse(bytes);
    }
}
