package aether.archive.seal;

import aether.archive.log.Hash;
import aether.archive.prune.Pruner;
import aether.archive.read.ArchiveReader;
import aether.archive.store.Custody;
import aether.archive.store.FailureSwitch;
import aether.archive.store.InMemoryCustody;
import aether.archive.store.InMemoryWormStore;
import aether.archive.verify.ArchiveVerifier;
import aether.archive.verify.VerificationLevel;
import aether.archive.verify.VerificationReport;
import aether.archive.verify.VerificationRequest;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** A sealer's world in which years pass and old entries go. */
public final class PrunableWorld {

    private final SealWorld world = new SealWorld();
    private final InMemoryCustody custody = new InMemoryCustody(world.failures, world.worm, world.live);
    private SealSettings settings = SealSettings.DEFAULTS;

    /** A new one. */
    public PrunableWorld() {}

    /** Gives some entries a time of their own. */
    public void classes(String classes) {
        settings = settings.with(RetentionClasses.parse(classes));
    }

    private Sealer open() throws IOException {
        return Sealer.open(
                new ArchiveStores(world.worm, world.live, world.heads), SealWorld.SIGNER, settings, () -> world.now);
    }

    /** A process archives and seals these. */
    public void live(long from, long to) throws IOException {
        Sealer sealer = open();
        sealer.append(SealWorld.entries(from, to));
        sealer.seal(SealWorld.offsets(to));
    }

    /** Whether a process that has just started knows what it archived at a position. */
    public boolean holds(long position) throws IOException {
        return open().holds(position, SealWorld.entry(position));
    }

    /** Lets time pass. */
    public void passes(Duration time) {
        world.passes(time);
    }

    /** What time it is. */
    public Instant now() {
        return world.now;
    }

    /** What prunes, now. */
    public Pruner pruner() throws IOException {
        return Pruner.of(reader(), world.worm, custody, SealWorld.SIGNER.verifierKey(), world.now);
    }

    /** The archive as a stranger reads it. */
    public ArchiveReader reader() {
        return world.reader();
    }

    /** Who holds and removes. */
    public Custody custody() {
        return custody;
    }

    /** The locked objects. */
    public InMemoryWormStore worm() {
        return world.worm;
    }

    /** What makes the stores fail. */
    public FailureSwitch failures() {
        return world.failures;
    }

    /** The names of all objects. */
    public Set<String> objects() {
        return new TreeSet<>(world.worm.objects().keySet());
    }

    /** The root over the first entries. */
    public Hash root(long size) {
        return SealWorld.root(size);
    }

    /** What a stranger finds now. */
    public VerificationReport report() throws IOException {
        return report(VerificationLevel.DOMAIN);
    }

    /** What a stranger finds now, looking so deep. */
    public VerificationReport report(VerificationLevel level) throws IOException {
        return ArchiveVerifier.verify(
                reader(),
                new VerificationRequest(
                                level,
                                SealWorld.SIGNER.verifierKey(),
                                List.of(),
                                2,
                                VerificationRequest.Progress.SILENT)
                        .by(() -> world.now));
    }
}
