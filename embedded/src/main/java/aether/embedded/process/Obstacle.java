package aether.embedded.process;

import aether.embedded.process.StartFailure.Reason;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Turns what a process or the file system said into a {@link StartFailure}. */
public final class Obstacle {

    private Obstacle() {}

    /** Names the obstacle behind an I/O error on {@code place}. */
    public static StartFailure of(IOException error, Path place) {
        String said = String.valueOf(error.getMessage());
        if (isDiskFull(said)) {
            return diskFull(place, error);
        }
        return new StartFailure(
                Reason.BROKEN, "Expected to read and write %s, but the system said: %s".formatted(place, error), error);
    }

    /** Names the obstacle behind the last lines {@code part} wrote before it ended. */
    public static StartFailure of(String part, Path place, Path logFile, String lastLines) {
        if (isDiskFull(lastLines)) {
            return diskFull(place, null);
        }
        if (lastLines.contains("Address already in use") || lastLines.contains("could not bind")) {
            return new StartFailure(
                    Reason.PORT_TAKEN,
                    "Expected the port of %s to be free, but another program listens on it".formatted(part));
        }
        return new StartFailure(
                Reason.BROKEN,
                "Expected %s to start on %s, but it ended. Its last words (all of them in %s):%n%s"
                        .formatted(part, place, logFile, lastLines.strip()));
    }

    private static boolean isDiskFull(String text) {
        return text.contains("No space left on device") || text.contains("Disk quota exceeded");
    }

    private static StartFailure diskFull(Path place, @Nullable Throwable cause) {
        return new StartFailure(
                Reason.DISK_FULL, "Expected free space for %s, but the disk is full".formatted(place), cause);
    }
}
