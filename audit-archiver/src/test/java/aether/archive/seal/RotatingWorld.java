package aether.archive.seal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import aether.archive.keys.KeyStatement;
import aether.archive.log.Checkpoint;
import aether.archive.log.Cosigner;
import aether.archive.log.Ed25519Signer;
import aether.archive.log.Hash;
import aether.archive.log.HybridSigner;
import aether.archive.log.Signer;
import aether.archive.log.VerifierKey;
import aether.archive.read.ArchiveReader;
import aether.archive.store.FailureSwitch;
import aether.archive.store.InMemoryLiveStore;
import aether.archive.store.InMemoryWormStore;
import aether.archive.verify.ArchiveVerifier;
import aether.archive.verify.VerificationReport;
import aether.archive.verify.VerificationRequest;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A sealer's world in which keys follow each other, and every signature that is ever made is looked at. */
public final class RotatingWorld {

    private final SealWorld world = new SealWorld();
    private final List<Recording> signers = new ArrayList<>();

    /** Signs like a file key, and remembers up to where. */
    private static final class Recording implements Signer {
        private final Signer signer;
        private long largest = -1;

        Recording(int number) {
            byte[] seed = Hash.sha256(("key " + number).getBytes(UTF_8)).bytes();
            this.signer = HybridSigner.parse(Ed25519Signer.format("audit.test/log", seed));
        }

        @Override
        public VerifierKey verifierKey() {
            return signer.verifierKey();
        }

        @Override
        public byte[] sign(byte[] message) {
            String text = new String(message, UTF_8);
            if (text.startsWith("audit.test/log\n")) {
                Checkpoint signed = Checkpoint.parse(text);
                assertThat(signed.root()).isEqualTo(SealWorld.root(signed.size()));
                largest = Math.max(largest, signed.size());
            }
            return signer.sign(message);
        }

        @Override
        public Optional<Cosigner> mlDsa44() {
            return signer.mlDsa44();
        }
    }

    /** A new world with so many keys at hand. */
    public RotatingWorld(int keys) {
        for (int i = 0; i < keys; i++) {
            signers.add(new Recording(i));
        }
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
        return signers.get(number).largest;
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
        put(
                object,
                new Checkpoint("audit.test/log", size, root)
                        .sign(signers.get(key).signer)
                        .format());
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

    /** What time it is. */
    public Instant now() {
        return world.now;
    }

    /** The disk with the head is gone. */
    public void loseHead() {
        world.heads.lose();
    }

    /** Where the head is. */
    public HeadStore heads() {
        return world.heads;
    }

    /** What makes the stores fail. */
    public FailureSwitch failures() {
        return world.failures;
    }

    /** The locked objects. */
    public InMemoryWormStore worm() {
        return world.worm;
    }

    /** The objects that may change. */
    public InMemoryLiveStore live() {
        return world.live;
    }

    /** The archive as a stranger reads it. */
    public ArchiveReader reader() {
        return world.reader();
    }

    /** What a stranger finds who brings this key. */
    public VerificationReport verify(VerifierKey brought) throws IOException {
        return ArchiveVerifier.verify(reader(), VerificationRequest.everything(brought));
    }

    /** Whichever of these keys a stranger brings, the archive is found whole. */
    public void requireIntact(int keys, long size) throws IOException {
        for (int i = 0; i < keys; i++) {
            VerificationReport report = verify(key(i));
            assertThat(report.sentences()).as("with key %d", i).isEmpty();
            assertThat(report.entries()).isEqualTo(size);
            assertThat(report.root()).isEqualTo(SealWorld.root(size).base64());
        }
    }

    /** A key id for a message. */
    public String id(int number) {
        return HexFormat.of().formatHex(key(number).id());
    }
}
