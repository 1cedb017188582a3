package aether.standalone.cli;

import aether.archive.ArchivePlace;
import aether.archive.keys.ArchivedKeys;
import aether.archive.keys.KeyChain;
import aether.archive.keys.KeyObjects;
import aether.archive.read.ArchiveReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** What an archive's log is called. */
final class LogNames {

    private LogNames() {}

    private interface Look {
        String at(ArchiveReader archive) throws IOException;
    }

    /** The archive's name in the event log: the log's own, whatever its newest epoch signs as. */
    static String entered(String archive) {
        return look(archive, reader -> {
            KeyChain keys = ArchivedKeys.read(KeyObjects.of(reader), null).chain();
            return keys == null ? "unknown" : keys.firstOrigin();
        });
    }

    /** What the newest checkpoint is signed as: its first line (C2SP tlog-checkpoint). */
    static String signed(String archive) {
        return look(
                archive,
                reader -> reader.read("checkpoint")
                        .flatMap(note ->
                                new String(note, StandardCharsets.UTF_8).lines().findFirst())
                        .orElse("unknown"));
    }

    private static String look(String archive, Look look) {
        try (ArchivePlace.Reading place =
                ArchivePlace.named(archive, System.getenv()).read()) {
            return look.at(place.archive());
        } catch (IllegalArgumentException | IOException e) {
            throw CliFailure.failed(String.valueOf(e.getMessage()));
        }
    }
}
