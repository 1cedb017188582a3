package aether.archive;

import aether.archive.epoch.NewEpoch;
import aether.archive.keys.ArchivedKeys;
import aether.archive.keys.EpochBase;
import aether.archive.keys.KeyChain;
import aether.archive.seal.ArchiveStores;
import aether.archive.seal.EpochKey;
import aether.archive.seal.HeadStore;
import aether.archive.seal.Sealer;
import aether.archive.seal.SeenCheckpoint;
import aether.archive.seal.SeenElsewhere;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Begins a new epoch of a log that nobody seals meanwhile. A kill anywhere is finished by the next run, or by the
 * archiver.
 */
public final class EpochChange {

    private final ArchiverSettings settings;
    private final InstantSource time;
    private final SecureRandom random;

    /**
     * A change of the epoch; the old key need not be there.
     *
     * @param environment the archiver's variables, where it has any
     * @param place {@code DIRECTORY} or {@code s3://BUCKET}
     * @param state the archiver's state directory, for the new key
     * @throws IllegalArgumentException when there is no archive
     * @throws IllegalStateException when the archive's keys are not what they were
     */
    public EpochChange(
            Map<String, String> environment, String place, Path state, InstantSource time, SecureRandom random)
            throws IOException {
        try (ArchivePlace.Reading reading =
                ArchivePlace.named(place, environment).read()) {
            KeyChain keys = ArchivedKeys.require(reading.archive(), null);
            this.settings = ArchiverSettings.offline(environment, place, state, keys.firstOrigin());
        }
        this.time = time;
        this.random = random;
    }

    /** Where the new key waits while it is on its way. */
    public Path next() {
        return EpochKey.file(settings.keyFile());
    }

    /**
     * Begins it, or finishes what was begun.
     *
     * @param seen what somebody has of the log
     * @param reason one of {@link EpochBase#REASONS}
     * @param reference the number of a case; empty for none
     * @throws IOException when an archiver seals the log, or a store does not answer
     * @throws IllegalArgumentException when nothing proves a loss
     * @throws IllegalStateException when the archive is not whole up to where it ends
     */
    public EpochBase perform(List<SeenCheckpoint> seen, String reason, String reference) throws IOException {
        try (HeadStore head = OpenedLog.heads(settings, System::nanoTime).open();
                ArchivePlace.Opened place = settings.archive().open();
                ArchivePlace.Reading reading = settings.archive().read()) {
            Optional<EpochBase> begun = begun(ArchivedKeys.require(place.worm()), seen);
            if (begun.isPresent() && !Files.exists(next())) {
                return begun.get();
            }
            if (!Files.exists(next())) {
                new NewEpoch(
                                reading.archive(),
                                new ArchiveStores(place.worm(), place.live(), head),
                                settings.keyFile(),
                                settings.seals(),
                                time)
                        .begin(seen, reason, reference, random);
            }
            Sealer opened = OpenedLog.open(settings, place, head, SeenElsewhere.NOTHING, time, random);
            return Optional.ofNullable(opened.keys().present().base())
                    .orElseThrow(
                            () -> new IllegalStateException("Expected a new epoch, but the key has changed since."));
        }
    }

    /** The same evidence a second time, after all is done. */
    private static Optional<EpochBase> begun(KeyChain chain, List<SeenCheckpoint> seen) {
        EpochBase base = chain.present().base();
        if (base == null || seen.isEmpty()) {
            return Optional.empty();
        }
        boolean same = seen.stream()
                .allMatch(each -> each.note().isSignedBy(base.from())
                        && each.checkpoint().size() <= base.witnessed().size());
        return same ? Optional.of(base) : Optional.empty();
    }
}
