package aether.archive;

import aether.archive.cosign.CosignSettings;
import aether.archive.intake.IntakeSettings;
import aether.archive.policy.WitnessPolicy;
import aether.archive.report.CommandService;
import aether.archive.report.HttpCommandService;
import aether.archive.report.ReportSettings;
import aether.archive.routine.RoutineSettings;
import aether.archive.seal.HeadDatabase;
import aether.archive.seal.RetentionClasses;
import aether.archive.seal.SealSettings;
import aether.archive.stamp.StampSettings;
import aether.archive.stamp.TrustedAuthorities;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Everything an archiver must be told.
 *
 * @param bootstrapServers where Kafka is
 * @param topic the topic with the events
 * @param wantedTopic the topic in which the archiver says which position it wants
 * @param archive where the archive is kept
 * @param keyFile the private key, outside the archive
 * @param headFile how far the log has come, outside the archive; not used with a database for it
 * @param headDatabase where several archivers keep the head and find out which of them seals; absent for one alone
 * @param origin the name of the log, which is also the name of its key
 * @param seals how often it seals and how long it locks
 * @param intake the bounds of what it holds
 * @param stamps who says when its checkpoints existed
 * @param cosigners which witnesses cosign its checkpoints
 * @param reports what it enters into the event log
 * @param routine how often it verifies all of it
 */
public record ArchiverSettings(
        String bootstrapServers,
        String topic,
        String wantedTopic,
        ArchivePlace archive,
        Path keyFile,
        Path headFile,
        @Nullable HeadDatabase headDatabase,
        String origin,
        SealSettings seals,
        IntakeSettings intake,
        StampSettings stamps,
        CosignSettings cosigners,
        ReportSettings reports,
        RoutineSettings routine) {

    /** The topic of all events, part of the contract with the door. */
    public static final String EVENTS_TOPIC = "aether.events.v1";

    /** The topic that the door reads wanted positions from. */
    public static final String WANTED_TOPIC = "aether.wanted.v1";

    /** Where time-stamping authorities (RFC 3161) answer, in the order in which they are asked; none: no timestamps. */
    private static final String TSA_URLS = "AETHER_ARCHIVE_TSA_URLS";

    /** A file with their certificates, or with those that vouch for them (PEM). */
    private static final String TSA_CERTIFICATES = "AETHER_ARCHIVE_TSA_CERTIFICATES";

    private static final String TSA_INTERVAL = "AETHER_ARCHIVE_TSA_INTERVAL";

    /** A policy (C2SP tlog-policy) that says where its witnesses are asked; without it nobody is asked. */
    private static final String WITNESS_POLICY = "AETHER_ARCHIVE_WITNESS_POLICY";

    private static final String WITNESS_INTERVAL = "AETHER_ARCHIVE_WITNESS_INTERVAL";

    /** A PostgreSQL for the head, so that a second archiver may stand by; without it the head is a file. */
    private static final String HEAD_DATABASE_URL = "AETHER_ARCHIVE_HEAD_DATABASE_URL";

    private static final String HEAD_DATABASE_USER = "AETHER_ARCHIVE_HEAD_DATABASE_USER";
    private static final String HEAD_DATABASE_PASSWORD_FILE = "AETHER_ARCHIVE_HEAD_DATABASE_PASSWORD_FILE";

    /** What this archiver is called among those of its log. */
    private static final String INSTANCE = "AETHER_ARCHIVE_INSTANCE";

    /** How long an archiver may be silent before another takes over. */
    private static final String LEASE = "AETHER_ARCHIVE_LEASE";

    /** Where the command API is; without it, nothing is entered into the event log. */
    private static final String COMMAND_URL = "AETHER_ARCHIVE_COMMAND_URL";

    /** A file with the archiver's token. */
    private static final String COMMAND_TOKEN_FILE = "AETHER_ARCHIVE_COMMAND_TOKEN_FILE";

    /** SHA-256 of events that came at an archived position with other content, after a person has looked into them. */
    private static final String KNOWN_REPEATS = "AETHER_ARCHIVE_KNOWN_REPEATS";

    private static final String VERIFY_EVERY = "AETHER_ARCHIVE_VERIFY_EVERY";
    private static final String VERIFY_FIRST_AFTER = "AETHER_ARCHIVE_VERIFY_FIRST_AFTER";

    private static final String KEY_FILE = "audit.key";
    private static final String HEAD_FILE = "head";
    private static final String OUTBOX = "outbox";
    private static final String VERIFIED = "verified";

    /** Refuses values that cannot work. */
    public ArchiverSettings {
        requireText("bootstrap servers", bootstrapServers);
        requireText("topic", topic);
        requireText("topic for wanted positions", wantedTopic);
        requireText("origin", origin);
        requireOutside("key file", keyFile, archive);
        requireOutside("head file", headFile, archive);
    }

    /** The house's values, with key and head in the state directory. */
    public static ArchiverSettings of(String bootstrapServers, Path archive, Path state, String origin) {
        return of(bootstrapServers, new ArchivePlace.Directory(archive), state, origin);
    }

    private static ArchiverSettings of(String bootstrapServers, ArchivePlace archive, Path state, String origin) {
        return new ArchiverSettings(
                bootstrapServers,
                EVENTS_TOPIC,
                WANTED_TOPIC,
                archive,
                state.resolve(KEY_FILE),
                state.resolve(HEAD_FILE),
                null,
                origin,
                SealSettings.DEFAULTS,
                IntakeSettings.DEFAULTS,
                StampSettings.NONE,
                CosignSettings.NONE,
                ReportSettings.of(state.resolve(OUTBOX)),
                RoutineSettings.of(state.resolve(VERIFIED)));
    }

    /** The settings from environment variables; what has no default must be there. */
    public static ArchiverSettings fromEnvironment(Map<String, String> environment) {
        Path state = Path.of(required(environment, "AETHER_ARCHIVE_STATE_DIRECTORY"));
        ArchiverSettings defaults = of(
                required(environment, "AETHER_KAFKA_BOOTSTRAP_SERVERS"),
                ArchivePlace.fromEnvironment(environment),
                state,
                required(environment, "AETHER_ARCHIVE_ORIGIN"));
        SealSettings seals = seals(environment, defaults.seals());
        IntakeSettings intake = new IntakeSettings(
                optional(
                        environment,
                        "AETHER_ARCHIVE_WINDOW",
                        Integer::valueOf,
                        defaults.intake().window()),
                optional(
                        environment,
                        "AETHER_ARCHIVE_WINDOW_BYTES",
                        Long::valueOf,
                        defaults.intake().bytes()),
                duration(
                        environment,
                        "AETHER_ARCHIVE_POLL_TIMEOUT",
                        defaults.intake().pollTimeout()),
                duration(
                        environment,
                        "AETHER_ARCHIVE_GAP_PATIENCE",
                        defaults.intake().gapPatience()),
                knownRepeats(environment));
        return new ArchiverSettings(
                defaults.bootstrapServers(),
                optional(environment, "AETHER_KAFKA_EVENTS_TOPIC", Function.identity(), defaults.topic()),
                optional(environment, "AETHER_KAFKA_WANTED_TOPIC", Function.identity(), defaults.wantedTopic()),
                defaults.archive(),
                optional(environment, "AETHER_ARCHIVE_KEY_FILE", Path::of, defaults.keyFile()),
                optional(environment, "AETHER_ARCHIVE_HEAD_FILE", Path::of, defaults.headFile()),
                headDatabase(environment),
                defaults.origin(),
                seals,
                intake,
                stamps(environment),
                cosigners(environment),
                new ReportSettings(
                        defaults.reports().outbox(),
                        duration(environment, "AETHER_ARCHIVE_HEARTBEAT_AFTER", ReportSettings.SILENCE),
                        duration(environment, "AETHER_ARCHIVE_RECONCILE_EVERY", ReportSettings.EVERY)),
                new RoutineSettings(
                        duration(environment, VERIFY_EVERY, RoutineSettings.DAILY),
                        duration(environment, VERIFY_FIRST_AFTER, RoutineSettings.FIRST_AFTER),
                        defaults.routine().memory()));
    }

    /** The same with witnesses. */
    public ArchiverSettings asking(CosignSettings witnesses) {
        return new ArchiverSettings(
                bootstrapServers,
                topic,
                wantedTopic,
                archive,
                keyFile,
                headFile,
                headDatabase,
                origin,
                seals,
                intake,
                stamps,
                witnesses,
                reports,
                routine);
    }

    private static SealSettings seals(Map<String, String> environment, SealSettings defaults) {
        return new SealSettings(
                optional(environment, "AETHER_ARCHIVE_ENTRIES_PER_SEAL", Integer::valueOf, defaults.entriesPerSeal()),
                duration(environment, "AETHER_ARCHIVE_PUBLISH_INTERVAL", defaults.publishEvery()),
                duration(environment, "AETHER_ARCHIVE_SEAL_INTERVAL", defaults.sealEvery()),
                duration(environment, "AETHER_ARCHIVE_RETENTION", defaults.retention()),
                duration(environment, "AETHER_ARCHIVE_PARTIAL_RETENTION", defaults.partialRetention()),
                RetentionClasses.parse(environment.getOrDefault("AETHER_ARCHIVE_RETENTION_CLASSES", "")));
    }

    /**
     * The settings of a log that is worked on while no archiver runs, by the same environment variables; Kafka is not
     * asked.
     *
     * @param place {@code DIRECTORY} or {@code s3://BUCKET}
     * @param state the archiver's state directory
     */
    public static ArchiverSettings offline(Map<String, String> environment, String place, Path state, String origin) {
        Map<String, String> with = new HashMap<>(environment);
        with.put(ArchivePlace.STORE, place.startsWith("s3://") ? place : "worm-fs:" + place);
        with.put("AETHER_ARCHIVE_STATE_DIRECTORY", state.toString());
        with.put("AETHER_ARCHIVE_ORIGIN", origin);
        with.put("AETHER_KAFKA_BOOTSTRAP_SERVERS", "none");
        return fromEnvironment(with);
    }

    private static Set<String> knownRepeats(Map<String, String> environment) {
        return Arrays.stream(environment.getOrDefault(KNOWN_REPEATS, "").split("[\\s,]+"))
                .filter(hash -> !hash.isEmpty())
                .collect(Collectors.toSet());
    }

    private static @Nullable HeadDatabase headDatabase(Map<String, String> environment) {
        String url = environment.getOrDefault(HEAD_DATABASE_URL, "");
        if (url.isBlank()) {
            return null;
        }
        String file = required(environment, HEAD_DATABASE_PASSWORD_FILE);
        try {
            return new HeadDatabase(
                    url,
                    required(environment, HEAD_DATABASE_USER),
                    Files.readString(Path.of(file)).strip(),
                    required(environment, INSTANCE),
                    duration(environment, LEASE, HeadDatabase.LEASE));
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "Expected " + HEAD_DATABASE_PASSWORD_FILE + " to name a file that can be read, but got " + file
                            + ".",
                    e);
        }
    }

    /** The command service that the variables name; empty when reports are not wanted. */
    static Optional<CommandService> commandService(Map<String, String> environment) {
        String url = environment.getOrDefault(COMMAND_URL, "");
        return url.isBlank()
                ? Optional.empty()
                : Optional.of(
                        new HttpCommandService(URI.create(url), Path.of(required(environment, COMMAND_TOKEN_FILE))));
    }

    private static StampSettings stamps(Map<String, String> environment) {
        List<URI> authorities = Arrays.stream(
                        environment.getOrDefault(TSA_URLS, "").split("[\\s,]+"))
                .filter(url -> !url.isEmpty())
                .map(URI::create)
                .toList();
        if (authorities.isEmpty()) {
            return StampSettings.NONE;
        }
        String certificates = required(environment, TSA_CERTIFICATES);
        try {
            return new StampSettings(
                    authorities,
                    TrustedAuthorities.read(Path.of(certificates)),
                    duration(environment, TSA_INTERVAL, StampSettings.HOURLY));
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "Expected " + TSA_CERTIFICATES + " to name a file that can be read, but got " + certificates + ".",
                    e);
        }
    }

    private static CosignSettings cosigners(Map<String, String> environment) {
        String file = environment.getOrDefault(WITNESS_POLICY, "");
        if (file.isBlank()) {
            return CosignSettings.NONE;
        }
        try {
            return CosignSettings.of(
                    WitnessPolicy.read(Path.of(file)), duration(environment, WITNESS_INTERVAL, CosignSettings.EVERY));
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "Expected " + WITNESS_POLICY + " to name a file that can be read, but got " + file + ".", e);
        }
    }

    private static String required(Map<String, String> environment, String name) {
        String value = environment.getOrDefault(name, "");
        if (value.isBlank()) {
            throw new IllegalArgumentException("Expected " + name + " in the environment, but it is not set.");
        }
        return value;
    }

    private static Duration duration(Map<String, String> environment, String name, Duration byDefault) {
        return optional(environment, name, Duration::parse, byDefault);
    }

    private static <T> T optional(
            Map<String, String> environment, String name, Function<String, T> parse, T byDefault) {
        String value = environment.getOrDefault(name, "");
        try {
            return value.isBlank() ? byDefault : parse.apply(value);
        } catch (NumberFormatException | DateTimeParseException e) {
            throw new IllegalArgumentException(
                    "Expected " + name + " to be a value such as " + byDefault + ", but got " + value + ".", e);
        }
    }

    private static void requireText(String name, String value) {
        if (value.isBlank()) {
            throw new IllegalArgumentException("Expected " + name + ", but got nothing.");
        }
    }

    private static void requireOutside(String name, Path file, ArchivePlace archive) {
        if (archive instanceof ArchivePlace.Directory directory
                && file.toAbsolutePath()
                        .normalize()
                        .startsWith(directory.path().toAbsolutePath().normalize())) {
            throw new IllegalArgumentException(
                    "Expected the " + name + " outside the archive " + directory.path() + ", but it is " + file + ".");
        }
    }
}
