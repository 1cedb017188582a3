package aether.archive;

import aether.archive.epoch.NewEpoch;
import aether.archive.epoch.SeenFolder;
import aether.archive.keys.EpochBase;
import aether.archive.keys.KeyStatement;
import aether.archive.report.KeyChanges;
import aether.archive.seal.ArchiveStores;
import aether.archive.seal.EpochKey;
import aether.archive.seal.FileHeadStore;
import aether.archive.seal.FileKey;
import aether.archive.seal.HeadDatabase;
import aether.archive.seal.HeadStore;
import aether.archive.seal.Heads;
import aether.archive.seal.NextKey;
import aether.archive.seal.PostgresHeads;
import aether.archive.seal.Sealer;
import aether.archive.seal.SeenCheckpoint;
import aether.archive.seal.SeenElsewhere;
import aether.archive.seal.SigningKeys;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Opens the log with the keys in their files, and tidies up after a change of the key: the report of it is kept, and
 * then the new key takes the old one's place. A kill in between leaves both for the next opening.
 */
final class OpenedLog {

    private static final Logger LOG = LoggerFactory.getLogger(OpenedLog.class);

    /** The command API's word for whatever is no rotation of a key. */
    private static final String OTHER = "other";

    private OpenedLog() {}

    /** Where its head is kept. */
    static Heads heads(ArchiverSettings settings, LongSupplier nanoTime) {
        HeadDatabase database = settings.headDatabase();
        return database == null
                ? () -> FileHeadStore.open(settings.headFile())
                : new PostgresHeads(database, settings.origin(), nanoTime);
    }

    /**
     * Opens it; a new epoch that waits to begin does so first.
     *
     * @param seen what others have seen of it, besides what lies beside its key
     * @throws IOException when a store does not answer or a key is missing; it may be tried again
     */
    static Sealer open(
            ArchiverSettings settings,
            ArchivePlace.Opened place,
            HeadStore head,
            SeenElsewhere seen,
            InstantSource time,
            SecureRandom random)
            throws IOException {
        ArchiveStores stores = new ArchiveStores(place.worm(), place.live(), head);
        beginEpoch(settings, stores, time);
        SigningKeys keys = FileKey.openAll(settings.keyFile(), settings.origin(), random);
        Sealer sealer = Sealer.open(stores, keys, seen(settings, seen), settings.seals(), time);
        NextKey next = keys.next();
        KeyStatement newest = sealer.keys().present().statement();
        if (next != null && newest != null && newest.to().equals(next.signer().verifierKey())) {
            KeyChanges.keep(settings.reports().outbox(), settings.origin(), newest, next.reason(), next.reference());
            FileKey.takeNext(settings.keyFile());
            LOG.info(
                    "The log {} is signed with {} from size {} on; {} is gone.",
                    settings.origin(),
                    newest.to().vkey(),
                    newest.size(),
                    newest.from().idHex());
        }
        return sealer;
    }

    private static SeenElsewhere seen(ArchiverSettings settings, SeenElsewhere elsewhere) throws IOException {
        List<SeenCheckpoint> seen = Stream.concat(
                        elsewhere.seen().stream(), SeenFolder.read(settings.keyFile()).stream())
                .toList();
        return new SeenElsewhere(seen, elsewhere.toCome());
    }

    private static void beginEpoch(ArchiverSettings settings, ArchiveStores stores, InstantSource time)
            throws IOException {
        if (EpochKey.waiting(settings.keyFile(), settings.origin()).isEmpty()) {
            return;
        }
        try (ArchivePlace.Reading reading = settings.archive().read()) {
            Optional<Sealer> begun = new NewEpoch(reading.archive(), stores, settings.keyFile(), settings.seals(), time)
                    .resume(settings.origin());
            EpochBase base = begun.map(sealer -> sealer.keys().present().base()).orElse(null);
            if (base != null) { // in the event log it is a change of the key, to one of the epoch's name
                KeyChanges.keep(settings.reports().outbox(), settings.origin(), base, OTHER, base.reference());
                LOG.warn("{}", base.sentence());
            }
            EpochKey.take(settings.keyFile());
        }
    }
}
