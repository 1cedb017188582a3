package aether.archive.export;

import static java.nio.charset.StandardCharsets.UTF_8;

import aether.archive.cosign.Cosignatures;
import aether.archive.log.Cosigner;
import aether.archive.log.SignedNote;
import aether.archive.seal.SealWorld;
import java.io.IOException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Witnesses whose cosignatures are kept in an archive as the archiver keeps them. */
public final class TestWitnesses {

    private TestWitnesses() {}

    /** A witness of that name, always with the same key. */
    public static Cosigner named(String name) {
        return Cosigner.ed25519("witness.test/" + name, Arrays.copyOf(("seed of " + name).getBytes(UTF_8), 32));
    }

    /** It cosigns the sealed checkpoint of a size; answers the object that is kept. */
    public static String cosign(SealWorld world, Cosigner witness, long size, Instant at) throws IOException {
        SignedNote sealed = SignedNote.parse(new String(
                world.worm
                        .get(String.format(Locale.ROOT, "checkpoints/%020d", size))
                        .orElseThrow(),
                UTF_8));
        String object = Cosignatures.key(size, witness.key());
        Instant until = SealWorld.START.plusSeconds(1);
        world.worm.put(
                Cosignatures.witness(witness.key()),
                Cosignatures.text(witness.key()).getBytes(UTF_8),
                until);
        world.worm.put(
                object,
                sealed.withAll(List.of(witness.cosign(sealed.text(), at)))
                        .format()
                        .getBytes(UTF_8),
                until);
        return object;
    }
}
