package aether.archive.probe;

import static java.nio.charset.StandardCharsets.UTF_8;

import aether.archive.store.TamperAlarm;
import aether.archive.store.WormFileStore;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * Tries what a mistake would do, through the store's own door, and what an attacker with the archiver's account would
 * do, past it. A file system keeps the first out and never the second, and the verdict says so.
 */
public final class FileProbe {

    private static final String CANARY = "canary";

    private static final Duration LOCK = Duration.ofDays(1);

    private FileProbe() {}

    /**
     * Tries it on a directory beside the archive, which is gone afterwards.
     *
     * @throws IOException when there is no verdict, because not even the canary could be kept
     */
    public static WormVerdict of(Path archive, Instant now) throws IOException {
        Path beside = archive.toAbsolutePath().resolveSibling(archive.getFileName() + ".probe");
        remove(beside);
        try {
            WormFileStore store = new WormFileStore(beside);
            store.put(CANARY, "locked".getBytes(UTF_8), now.plus(LOCK));
            List<WormVerdict.Attempt> attempts = new ArrayList<>();
            attempts.add(overwrite(store, now));
            attempts.add(delete(beside.resolve(CANARY)));
            return new WormVerdict(archive.toString(), now, attempts);
        } finally {
            remove(beside);
        }
    }

    private static WormVerdict.Attempt overwrite(WormFileStore store, Instant now) throws IOException {
        String what = "overwrite a locked object through the store";
        try {
            store.put(CANARY, "forged".getBytes(UTF_8), now.plus(LOCK));
            return new WormVerdict.Attempt(what, false, "it was overwritten");
        } catch (TamperAlarm | FileAlreadyExistsException refused) {
            return new WormVerdict.Attempt(what, true, "refused");
        }
    }

    private static WormVerdict.Attempt delete(Path canary) {
        String what = "delete its file with the archiver's own account";
        try {
            Files.delete(canary);
            return new WormVerdict.Attempt(
                    what, false, "it is gone; enforcement ends where the operating system begins");
        } catch (IOException refused) {
            return new WormVerdict.Attempt(what, true, "refused: " + refused.getMessage());
        }
    }

    private static void remove(Path directory) throws IOException {
        if (Files.exists(directory)) {
            try (Stream<Path> files = Files.walk(directory)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }
}
