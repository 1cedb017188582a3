package aether.archive.seal;

import aether.archive.keys.KeyChain;
import aether.archive.keys.KeyStatement;
import aether.archive.log.Cosigner;
import aether.archive.log.CosignerKey;
import aether.archive.log.Hash;
import aether.archive.log.Signer;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A key statement on its way into the archive. It follows from the seal, the chain and the two keys alone: whoever
 * makes it, and however often, makes the same bytes.
 *
 * @param statement what it says
 * @param signed its bytes
 */
@SuppressWarnings("ArrayRecordComponent") // bytes to be stored, never compared by equals
record Handover(KeyStatement statement, byte[] signed) {

    /**
     * The handing over at a seal.
     *
     * @param sealed the bytes of the log's newest seal
     * @throws IllegalArgumentException when the next key cannot follow the present one
     */
    static Handover at(byte[] sealed, KeyChain chain, Signer old, NextKey next) {
        Seal seal = Seal.decode(sealed);
        Instant at = next.at().isBefore(seal.time()) ? seal.time() : next.at();
        Instant since = chain.present().since();
        KeyStatement statement = new KeyStatement(
                chain.present().number() + 1,
                seal.size(),
                seal.root(),
                Hash.sha256(sealed),
                at.isBefore(since) ? since : at,
                old.verifierKey(),
                next.signer().verifierKey(),
                second(old),
                second(next.signer()));
        return new Handover(statement, statement.sign(old, next.signer()));
    }

    private static @Nullable CosignerKey second(Signer signer) {
        return signer.mlDsa44().map(Cosigner::key).orElse(null);
    }

    /** By which the head and the next seal name it. */
    Hash hash() {
        return Hash.sha256(signed);
    }
}
