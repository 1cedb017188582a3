package aether.archive;

import aether.archive.keys.KeyStatement;
import aether.archive.report.KeyChanges;
import aether.archive.seal.ArchiveStores;
import aether.archive.seal.FileHeadStore;
import aether.archive.seal.FileKey;
import aether.archive.seal.HeadDatabase;
import aether.archive.seal.HeadStore;
import aether.archive.seal.Heads;
import aether.archive.seal.NextKey;
import aether.archive.seal.PostgresHeads;
import aether.archive.seal.Sealer;
import aether.archive.seal.SigningKeys;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Opens the log with the keys in their files, and tidies up after a change of the key: the report of it is kept, and
 * then the new key takes the old one's place. A kill in between leaves both for the next opening.
 */
final class OpenedLog {

    private static final Logger LOG = LoggerFactory.getLogger(OpenedLog.class);

    private OpenedLog() {}

    /** Where its head is kept. */
    static Heads heads(ArchiverSettings settings, LongSupplier nanoTime) {
        HeadDatabase database = settings.headDatabase();
        return database == null
                ? () -> FileHeadStore.open(settings.headFile())
                : new PostgresHeads(database, settings.origin(), nanoTime);
    }

    /**
     * Opens it.
     *
     * @throws IOException when a store does not answer or a key is missing; it may be tried again
     */
    static Sealer open(
            ArchiverSettings settings,
            ArchivePlace.Opened place,
            HeadStore head,
            InstantSource time,
            SecureRandom random)
            throws IOException {
        SigningKeys keys = FileKey.openAll(settings.keyFile(), settings.origin(), random);
        Sealer sealer = Sealer.open(new ArchiveStores(place.worm(), place.live(), head), keys, settings.seals(), time);
        NextKey next = keys.next();
        KeyStatement newest = sealer.keys().present().statement();
        if (next != null && newest != null && newest.to().equals(next.signer().verifierKey())) {
            KeyChanges.keep(settings.reports().outbox(), newest, next.reason(), next.reference());
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
}
