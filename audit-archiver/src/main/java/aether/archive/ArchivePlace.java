package aether.archive;

import aether.archive.probe.FileProbe;
import aether.archive.probe.WormVerdict;
import aether.archive.read.ArchiveReader;
import aether.archive.read.DirectoryReader;
import aether.archive.s3.S3Connection;
import aether.archive.s3.S3Credentials;
import aether.archive.s3.S3Custody;
import aether.archive.s3.S3LiveStore;
import aether.archive.s3.S3Location;
import aether.archive.s3.S3Probe;
import aether.archive.s3.S3Reader;
import aether.archive.s3.S3WormStore;
import aether.archive.store.Custody;
import aether.archive.store.FileCustody;
import aether.archive.store.LiveFileStore;
import aether.archive.store.LiveStore;
import aether.archive.store.WormFileStore;
import aether.archive.store.WormStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/** Where an archive is kept. */
public sealed interface ArchivePlace {

    /** {@code worm-fs:DIRECTORY} or {@code s3://BUCKET}. */
    String STORE = "AETHER_ARCHIVE_STORE";

    /** The directory, where {@link #STORE} is not set. */
    String DIRECTORY = "AETHER_ARCHIVE_DIRECTORY";

    String S3_ENDPOINT = "AETHER_ARCHIVE_S3_ENDPOINT";
    String S3_REGION = "AETHER_ARCHIVE_S3_REGION";
    String S3_ACCESS_KEY = "AETHER_ARCHIVE_S3_ACCESS_KEY";

    /** A file with the secret key and nothing else; environments are read by too many. */
    String S3_SECRET_KEY_FILE = "AETHER_ARCHIVE_S3_SECRET_KEY_FILE";

    /** A directory, in which objects are made once and then only read. */
    record Directory(Path path) implements ArchivePlace {
        @Override
        public Opened open() throws IOException {
            return new Opened(new WormFileStore(path), new LiveFileStore(path), () -> {});
        }

        @Override
        public Kept keep() throws IOException {
            return new Kept(WormFileStore.beside(path), new FileCustody(path), () -> {});
        }

        @Override
        public Reading read() {
            return new Reading(DirectoryReader.open(path), () -> {});
        }

        @Override
        public WormVerdict probe(Instant now) throws IOException {
            return FileProbe.of(path, now);
        }

        @Override
        public String shown() {
            return path.toString();
        }
    }

    /** Two buckets of an S3 server: one with Object Lock, and one for what may change. */
    record Buckets(S3Location location, S3Credentials credentials) implements ArchivePlace {
        @Override
        public Opened open() {
            S3Connection connection = S3Connection.to(location, credentials);
            return new Opened(
                    new S3WormStore(connection, location), new S3LiveStore(connection, location), connection::close);
        }

        @Override
        public Kept keep() {
            S3Connection connection = S3Connection.to(location, credentials);
            return new Kept(
                    new S3WormStore(connection, location), new S3Custody(connection, location), connection::close);
        }

        @Override
        public Reading read() {
            S3Connection connection = S3Connection.to(location, credentials);
            return new Reading(new S3Reader(connection, location), connection::close);
        }

        @Override
        public WormVerdict probe(Instant now) throws IOException {
            try (S3Connection connection = S3Connection.to(location, credentials)) {
                return S3Probe.of(connection, location, now);
            }
        }

        @Override
        public String shown() {
            return location.uri() + " at " + location.endpoint();
        }
    }

    /** Its two stores, and what ends the way to them. */
    record Opened(WormStore worm, LiveStore live, Runnable end) implements AutoCloseable {
        @Override
        public void close() {
            end.run();
        }
    }

    /** What is needed to hold and to remove what lies in it, and what ends the way to it. */
    record Kept(WormStore worm, Custody custody, Runnable end) implements AutoCloseable {
        @Override
        public void close() {
            end.run();
        }
    }

    /** What a stranger sees of it, and what ends the way to it. */
    record Reading(ArchiveReader archive, Runnable end) implements AutoCloseable {
        @Override
        public void close() {
            end.run();
        }
    }

    /**
     * Opens it to look at.
     *
     * @throws IllegalArgumentException when there is no such directory
     */
    Reading read();

    /** Opens it to hold or to remove, beside its writer. */
    Kept keep() throws IOException;

    /** Opens the stores; a bucket has to exist, a directory is made. */
    Opened open() throws IOException;

    /**
     * Tries to take away what the store has locked, on a canary of its own.
     *
     * @throws IOException when there is no verdict, because the store does not answer
     */
    WormVerdict probe(Instant now) throws IOException;

    /** For a person. */
    String shown();

    /**
     * The place that a person names: a directory, or a bucket whose server and credentials the environment names.
     *
     * @param place {@code DIRECTORY} or {@code s3://BUCKET}
     * @throws IllegalArgumentException naming the variable that is missing or wrong
     */
    static ArchivePlace named(String place, Map<String, String> environment) {
        if (!place.startsWith("s3://")) {
            return new Directory(Path.of(place));
        }
        Map<String, String> with = new HashMap<>(environment);
        with.put(STORE, place);
        return fromEnvironment(with);
    }

    /**
     * The place that environment variables name.
     *
     * @throws IllegalArgumentException naming the variable that is missing or wrong
     */
    static ArchivePlace fromEnvironment(Map<String, String> environment) {
        String store = environment.getOrDefault(STORE, "");
        if (store.isBlank()) {
            return new Directory(Path.of(required(environment, DIRECTORY)));
        }
        if (store.startsWith("worm-fs:")) {
            return new Directory(Path.of(store.substring("worm-fs:".length())));
        }
        if (!store.startsWith("s3://")) {
            throw new IllegalArgumentException(
                    "Expected " + STORE + " to be worm-fs:DIRECTORY or s3://BUCKET, but got '" + store + "'.");
        }
        return new Buckets(
                new S3Location(
                        store.substring("s3://".length()),
                        URI.create(required(environment, S3_ENDPOINT)),
                        environment.getOrDefault(S3_REGION, "us-east-1")),
                new S3Credentials(
                        required(environment, S3_ACCESS_KEY), secret(required(environment, S3_SECRET_KEY_FILE))));
    }

    private static String secret(String file) {
        try {
            return Files.readString(Path.of(file)).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "Expected " + S3_SECRET_KEY_FILE + " to name a file that can be read, but got " + file + ".", e);
        }
    }

    private static String required(Map<String, String> environment, String name) {
        String value = environment.getOrDefault(name, "");
        if (value.isBlank()) {
            throw new IllegalArgumentException("Expected " + name + " in the environment, but it is not set.");
        }
        return value;
    }
}
