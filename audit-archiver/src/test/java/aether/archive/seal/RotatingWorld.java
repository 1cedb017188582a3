package aether.archive.seal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import aether.archive.keys.KeyStatement;
import aether.archive.log.Checkpoint;
import aether.archive.log.Hash;
import aether.archive.log.Signer;
import aether.archive.log.VerifierKey;
import aether.archive.verify.VerificationReport;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A sealer's world in which keys follow each other, and every signature that is ever made is looked at. */
public final class RotatingWorld extends KeyedWorld {

    private final List<Signer> signers = new ArrayList<>();
    private final Map<Integer, Long> largest = new HashMap<>();

    /** A new world with so many keys at hand. */
    public RotatingWorld(int keys) {
        for (int i = 0; i < keys; i++) {
            int number = i;
            signers.add(new WatchedSigner(unwatched(number), signed -> look(number, signed)));
        }
    }

    private static Signer unwatched(int number) {
        return signer("key " + number, LOG);
    }

    private void look(int number, Checkpoint signed) {
        assertThat(signed.root()).isEqualTo(SealWorld.root(signed.size()));
        largest.merge(number, signed.size(), Math::max);
    }

    /** What signs with the key of this number. */
    public Signer signer(int number) {
        return signers.get(number);
    }

    /** The public key of this number. */
    public VerifierKey key(int number) {
        return signer(number).verifierKey();
    }

    /** The size of the largest checkpoint that a key has ever signed. */
    public long largestSignedWith(int number) {
        return largest.getOrDefault(number, -1L);
    }

    /** Opens the log with one key, and the next one waiting where there is one. */
    public Sealer open(int key, @Nullable Integer next) throws IOException {
        return open(world.heads, key, next);
    }

    /** The same as another archiver with the head elsewhere. */
    public Sealer open(HeadStore heads, int key, @Nullable Integer next) throws IOException {
        return Sealer.open(
                new ArchiveStores(world.worm, world.live, heads),
                new SigningKeys(signer(key), next == null ? null : next(next)),
                SealSettings.DEFAULTS,
                () -> world.now);
    }

    /** A key that waits, always decided at the same time. */
    public NextKey next(int number) {
        return new NextKey(
                signer(number), SealWorld.START.plus(Duration.ofDays(number)), "scheduled", "case-" + number);
    }

    /** Archives up to a size. */
    public void grow(Sealer sealer, long size) throws IOException {
        sealer.append(SealWorld.entries(sealer.size(), size));
        sealer.publish();
    }

    /** Archives and seals up to a size, with a process of its own. */
    public void live(int key, @Nullable Integer next, long size) throws IOException {
        Sealer sealer = open(key, next);
        grow(sealer, size);
        sealer.seal(SealWorld.offsets(size));
    }

    /** Puts a checkpoint of this key in the place of the live one, or into any other object. */
    public void forge(String object, int key, long size, Hash root) {
        put(object, new Checkpoint(LOG, size, root).sign(unwatched(key)).format());
    }

    /** Someone with root rights writes an object. */
    public void put(String object, String text) {
        if (object.equals("checkpoint")) {
            world.live.objects().put(object, text.getBytes(UTF_8));
        } else {
            world.worm.tamper(object, text.getBytes(UTF_8));
        }
    }

    /** An object as text. */
    public String text(String object) {
        return new String(
                object.equals("checkpoint")
                        ? world.live.get(object).orElseThrow()
                        : world.worm.get(object).orElseThrow(),
                UTF_8);
    }

    /** A statement of the archive. */
    public KeyStatement statement(int number) {
        return KeyStatement.parse(
                world.worm.get("keys/" + number + ".statement").orElseThrow());
    }

    /** Lets time pass. */
    public void passes(Duration time) {
        world.passes(time);
    }

    /** The disk with the head is gone. */
    public void loseHead() {
        world.heads.lose();
    }

    /** What a stranger finds who brings this key. */
    public VerificationReport verify(VerifierKey brought) throws IOException {
        return found(brought);
    }

    /** Whichever of these keys a stranger brings, the archive is found whole. */
    public void requireIntact(int keys, long size) throws IOException {
        for (int i = 0; i < keys; i++) {
            requireIntact(key(i), size, SealWorld.root(size));
        }
    }

    /** A key id for a message. */
    public String id(int number) {
        return HexFormat.of().formatHex(key(number).id());
    }
}
