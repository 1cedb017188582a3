package aether.archive;

import aether.archive.keys.ArchivedKeys;
import aether.archive.keys.KeyChain;
import aether.archive.keys.KeyStatement;
import aether.archive.seal.FileKey;
import aether.archive.seal.HeadStore;
import aether.archive.seal.Sealer;
import aether.archive.seal.SeenElsewhere;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Map;

/**
 * Changes the key of a log that nobody seals meanwhile. A kill anywhere is finished by the next run, or by the
 * archiver.
 */
public final class KeyRotation {

    private final ArchiverSettings settings;
    private final String origin;
    private final InstantSource time;
    private final SecureRandom random;

    /**
     * A change of the key.
     *
     * @param environment the archiver's variables, where it has any
     * @param place {@code DIRECTORY} or {@code s3://BUCKET}
     * @param state the archiver's state directory, with the key
     * @throws IllegalArgumentException when there is no key, or none in the archive
     * @throws IllegalStateException when the archive's keys are not what they were
     */
    public KeyRotation(
            Map<String, String> environment, String place, Path state, InstantSource time, SecureRandom random)
            throws IOException {
        try (ArchivePlace.Reading reading =
                ArchivePlace.named(place, environment).read()) {
            KeyChain keys = ArchivedKeys.require(reading.archive(), null);
            this.settings = ArchiverSettings.offline(environment, place, state, keys.firstOrigin());
            this.origin = keys.origin();
        }
        this.time = time;
        this.random = random;
        if (!Files.exists(settings.keyFile())) {
            throw new IllegalArgumentException(
                    "Expected the log's key in " + settings.keyFile() + ", but there is none.");
        }
    }

    /** Where the next key waits while it is on its way. */
    public Path next() {
        return FileKey.next(settings.keyFile());
    }

    /**
     * Makes the next key and leaves the rest to whoever opens the log next.
     *
     * @throws IllegalStateException when one waits already
     */
    public void prepare(String reason, String reference) throws IOException {
        FileKey.prepareNext(settings.keyFile(), origin, time.instant(), reason, reference, random);
    }

    /**
     * Hands the log over to a key that waits, or to a new one.
     *
     * @throws IOException when an archiver seals the log, or a store does not answer
     * @throws IllegalStateException when there is nothing to hand over
     */
    public KeyStatement perform(String reason, String reference) throws IOException {
        try (HeadStore head = OpenedLog.heads(settings, System::nanoTime).open();
                ArchivePlace.Opened place = settings.archive().open()) {
            if (!Files.exists(next())) {
                Sealer now = OpenedLog.open(settings, place, head, SeenElsewhere.NOTHING, time, random);
                if (now.size() <= now.keys().present().from()) {
                    throw new IllegalStateException("Expected a log whose key has signed something, but "
                            + now.keys().present().key().idHex() + " has signed nothing beyond size " + now.size()
                            + ".");
                }
                prepare(reason, reference); // from here on a kill changes nothing: whoever opens the log goes on
            }
            KeyStatement made = OpenedLog.open(settings, place, head, SeenElsewhere.NOTHING, time, random)
                    .keys()
                    .present()
                    .statement();
            if (made == null || Files.exists(next())) {
                throw new IllegalStateException("Expected a log that has grown since its key changed, but it has not: "
                        + "the key in " + next() + " waits.");
            }
            return made;
        }
    }
}
