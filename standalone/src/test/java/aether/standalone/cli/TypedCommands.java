package aether.standalone.cli;

import aether.archive.log.Signer;
import aether.archive.seal.ArchiveStores;
import aether.archive.seal.FileHeadStore;
import aether.archive.seal.FileKey;
import aether.archive.seal.KafkaOffsets;
import aether.archive.seal.SealSettings;
import aether.archive.seal.Sealer;
import aether.archive.store.LiveFileStore;
import aether.archive.store.WormFileStore;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import picocli.CommandLine;

/** An archive in a directory, made by our own sealer, and commands on it as they are typed. */
final class TypedCommands {

    static final String NAME = "audit.test/log";

    private final Path directory;
    private final InstantSource clock;
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @CommandLine.Command(name = "aether")
    private static final class Root {}

    /** An archive is there once it has grown. */
    TypedCommands(Path directory, InstantSource clock) {
        this.directory = directory;
        this.clock = clock;
    }

    /** Signs with the log's present key. */
    Signer signer() throws IOException {
        return FileKey.open(directory.resolve("state/audit.key"), NAME, new SecureRandom());
    }

    /** Somebody keeps the log's present public key. */
    void keepKey(String as) throws IOException {
        Files.writeString(
                directory.resolve(as + ".vkey"), signer().verifierKey().vkey() + "\n");
    }

    /** Archives and seals up to a size. */
    void grow(long size) throws IOException {
        Path archive = directory.resolve("archive");
        try (FileHeadStore heads = FileHeadStore.open(directory.resolve("state/head"))) {
            Sealer sealer = Sealer.open(
                    new ArchiveStores(new WormFileStore(archive), new LiveFileStore(archive), heads),
                    signer(),
                    SealSettings.DEFAULTS,
                    clock);
            List<byte[]> entries = new ArrayList<>();
            for (long position = sealer.size(); position < size; position++) {
                entries.add(entry(position, clock.instant()));
            }
            sealer.append(entries);
            sealer.seal(KafkaOffsets.NONE);
        }
    }

    private static byte[] entry(long position, Instant now) {
        return String.format(
                        Locale.ROOT,
                        "{\"authid\":\"p\",\"authtype\":\"user\",\"causationid\":\"c\",\"data\":{},"
                                + "\"id\":\"e%d\",\"recordedtime\":\"%s\",\"requestid\":\"r\",\"sequence\":\"%020d\",\"source\":\"/aether/test\",\"specversion\":\"1.0\","
                                + "\"streamsequence\":\"%020d\",\"subject\":\"thing\",\"time\":\"%s\","
                                + "\"type\":\"test.thing.made.v1\"}",
                        position,
                        now,
                        position,
                        position,
                        now)
                .getBytes(StandardCharsets.UTF_8);
    }

    /** A file below the directory. */
    String path(String name) {
        return directory.resolve(name).toString();
    }

    /** Runs an audit command on the archive. */
    int run(String... arguments) {
        return execute(Stream.of(Stream.of("audit"), Stream.of(arguments), Stream.of("--archive", path("archive")))
                .flatMap(words -> words)
                .toArray(String[]::new));
    }

    /** Runs an audit command that changes the archive's state. */
    int change(String command, String... arguments) {
        return run(Stream.concat(Stream.of(command, "--state", path("state")), Stream.of(arguments))
                .toArray(String[]::new));
    }

    /** Checks a proof with a key that somebody kept. */
    int check(String proof, String key, String... more) {
        return execute(Stream.concat(
                        Stream.of("audit", "check-proof", path(proof + ".tlog-proof"), "--key", path(key + ".vkey")),
                        Stream.of(more))
                .toArray(String[]::new));
    }

    /** Runs any command. */
    int execute(String... line) {
        World world = new World(Map.of(), directory, new ByteArrayInputStream(new byte[0]), clock, millis -> {});
        return ClientCommands.addTo(new CommandLine(new Root()), world)
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(line);
    }

    /** All that was printed. */
    String out() {
        return out.toString();
    }

    /** All that was complained of. */
    String err() {
        return err.toString();
    }
}
