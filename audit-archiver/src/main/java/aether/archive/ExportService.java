package aether.archive;

import aether.archive.jobs.ExportJobSettings;
import aether.archive.jobs.ExportJobs;
import aether.archive.jobs.ExportSource;
import aether.archive.log.Signer;
import aether.archive.log.VerifierKey;
import aether.archive.seal.FileKey;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Exports on demand, beside the archiver: one thread makes what is asked for over HTTP by the command service. */
public final class ExportService implements AutoCloseable {

    /** A file with the secret that the command service shows; without it nobody may ask. */
    static final String TOKEN_FILE = "AETHER_ARCHIVE_EXPORT_TOKEN_FILE";

    /** Where exports are kept; beside the archiver's state when it is not said. */
    static final String DIRECTORY = "AETHER_ARCHIVE_EXPORT_DIRECTORY";

    static final String KEEP = "AETHER_ARCHIVE_EXPORT_KEEP";

    private static final String EXPORT_KEY = "export.key";

    /** Soon enough for whoever waits, and no load when nobody does. */
    private static final Duration STEP_EVERY = Duration.ofMillis(500);

    /** An export notices within one bundle that it is to end. */
    private static final Duration CLOSE_BOUND = Duration.ofSeconds(10);

    private static final Logger LOG = LoggerFactory.getLogger(ExportService.class);

    private final @Nullable ExportJobs jobs; // null when nobody may ask
    private final @Nullable ExportRoutes routes; // as above
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("audit-exports").daemon().factory());

    private ExportService(@Nullable ExportJobs jobs, @Nullable ExportRoutes routes) {
        this.jobs = jobs;
        this.routes = routes;
    }

    /**
     * A service that makes exports of the archive of these settings.
     *
     * @param token what the command service shows
     */
    public static ExportService start(ArchiverSettings archiver, ExportJobSettings settings, String token)
            throws IOException {
        ExportJobs jobs = ExportJobs.open(settings, source(archiver), InstantSource.system());
        ExportService service = new ExportService(jobs, new ExportRoutes(jobs, token));
        var unused = service.thread.scheduleWithFixedDelay(
                () -> step(jobs), 0, STEP_EVERY.toMillis(), TimeUnit.MILLISECONDS);
        return service;
    }

    /** The same as environment variables want it; one that answers nobody when no token is set. */
    static ExportService fromEnvironment(Map<String, String> environment, ArchiverSettings archiver)
            throws IOException {
        String tokenFile = environment.getOrDefault(TOKEN_FILE, "");
        if (tokenFile.isBlank()) {
            return new ExportService(null, null);
        }
        String directory = environment.getOrDefault(DIRECTORY, "");
        ExportJobSettings defaults = ExportJobSettings.in(
                directory.isBlank() ? archiver.headFile().resolveSibling("exports") : Path.of(directory));
        String keep = environment.getOrDefault(KEEP, "");
        ExportJobSettings settings = keep.isBlank()
                ? defaults
                : new ExportJobSettings(
                        defaults.directory(), Duration.parse(keep), defaults.perOrganization(), defaults.total());
        try {
            return start(
                    archiver, settings, Files.readString(Path.of(tokenFile)).strip());
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    /** What answers over HTTP; null when nobody may ask. */
    @Nullable
    ExportRoutes routes() {
        return routes;
    }

    /** Listens on this machine alone, for a command service in the same process. */
    public StatusServer listen(int port, Supplier<ArchiverStatus> status) throws IOException {
        return StatusServer.start(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), port),
                status,
                (position, limit) -> Optional.empty(),
                routes);
    }

    private static ExportSource source(ArchiverSettings archiver) {
        SecureRandom random = new SecureRandom();
        return () -> {
            if (!Files.exists(archiver.keyFile())) {
                throw new IOException(
                        "Expected the log's key in " + archiver.keyFile() + ", but the log is not begun.");
            }
            // Not the key that lies in the archive: that one proves nothing.
            VerifierKey key =
                    FileKey.open(archiver.keyFile(), archiver.origin(), random).verifierKey();
            Signer signer =
                    FileKey.open(archiver.keyFile().resolveSibling(EXPORT_KEY), archiver.origin() + "/export", random);
            ArchivePlace.Reading reading = archiver.archive().read();
            return new ExportSource.Opened(reading.archive(), key, signer, reading::close);
        };
    }

    private static void step(ExportJobs jobs) {
        try {
            jobs.step();
        } catch (RuntimeException e) { // the edge: one export's trouble must not end all others
            LOG.error("Making exports failed: {}", e.getMessage(), e);
        }
    }

    @Override
    public void close() {
        ExportJobs open = jobs;
        if (open != null) {
            open.stop();
        }
        thread.shutdown();
        try {
            if (!thread.awaitTermination(CLOSE_BOUND.toSeconds(), TimeUnit.SECONDS)) {
                LOG.warn("An export did not end within {}; the next start makes it.", CLOSE_BOUND);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (open != null) {
            open.close();
        }
    }
}
