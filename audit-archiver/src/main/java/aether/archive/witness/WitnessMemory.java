package aether.archive.witness;

import aether.archive.keys.KeyStatement;
import aether.archive.log.SignedNote;
import aether.archive.store.DurableFiles;
import aether.archive.store.ExclusiveFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** What a witness must not forget, in a directory of its own: the newest checkpoint it has cosigned, and evidence. */
public final class WitnessMemory implements AutoCloseable {

    private static final String NEWEST = "checkpoint";
    private static final String EVIDENCE = "evidence-";
    private static final String KEYS = "keys-";

    private final Path directory;
    private final ExclusiveFile lock;

    /**
     * A memory in a directory, which is made if need be. Two witnesses over one memory could put an older checkpoint
     * back.
     *
     * @throws IOException when another witness has it
     */
    public WitnessMemory(Path directory) throws IOException {
        this.directory = directory;
        DurableFiles.createDirectories(directory.toAbsolutePath());
        this.lock = ExclusiveFile.take(directory.resolve("lock"), "witness with the memory " + directory);
    }

    /**
     * The newest checkpoint that was cosigned.
     *
     * @throws IllegalArgumentException when what is kept is no checkpoint: a witness without memory must not go on
     */
    Optional<SignedNote> newest() throws IOException {
        try {
            return Optional.of(SignedNote.parse(Files.readString(directory.resolve(NEWEST))));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    void keep(SignedNote cosigned) throws IOException {
        write(NEWEST, cosigned.format());
    }

    /** The key statements that were followed, the oldest first. */
    List<byte[]> statements() throws IOException {
        List<byte[]> statements = new ArrayList<>();
        try (Stream<Path> files = Files.list(directory)) {
            for (Path file : files.filter(
                            path -> String.valueOf(path.getFileName()).matches(KEYS + "\\d{6}"))
                    .sorted()
                    .toList()) {
                statements.add(Files.readAllBytes(file));
            }
        }
        return statements;
    }

    void keep(KeyStatement statement, byte[] bytes) throws IOException {
        write(String.format(Locale.ROOT, KEYS + "%06d", statement.number()), new String(bytes, StandardCharsets.UTF_8));
    }

    /** Keeps what contradicts the newest one; the same contradiction is kept once. */
    Path keepEvidence(String hash, String contradiction) throws IOException {
        return write(EVIDENCE + hash, contradiction);
    }

    private Path write(String name, String text) throws IOException {
        Path target = directory.resolve(name);
        Path written = directory.resolve(name + ".new");
        DurableFiles.write(
                written, text.getBytes(StandardCharsets.UTF_8), PosixFilePermissions.fromString("rw-r--r--"));
        DurableFiles.replace(written, target);
        return target;
    }

    @Override
    public void close() throws IOException {
        lock.close();
    }
}
