package aether.archive.jobs;

import aether.archive.export.Evidence;
import aether.archive.export.ExportRequest;
import aether.archive.export.ExportResult;
import aether.archive.export.ExportScope;
import aether.archive.export.Exporter;
import aether.archive.log.Checkpoint;
import aether.archive.log.SignedNote;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes exports one after the other, so that the archiver beside it and other customers are not crowded out, and keeps
 * what is made for a while. A kill at any moment leaves every job as it was: one that was being made is made again,
 * from the same checkpoint, to the same bytes.
 */
public final class ExportJobs implements AutoCloseable {

    private static final String CHECKPOINTS = "checkpoints/";

    /** How long an archive may be away, or without a seal, before a job that waits for it is given up. */
    static final Duration PATIENCE = Duration.ofHours(1);

    /** What ends an export that nobody wants any more; it is noticed once per bundle. */
    private static final class Unwanted extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Unwanted() {
            super("Nobody wants it any more.", null, false, false);
        }
    }

    private static final Logger LOG = LoggerFactory.getLogger(ExportJobs.class);

    private final JobFolder folder;
    private final JobBook book;
    private final ExportSource source;
    private final ExportJobSettings settings;
    private final InstantSource time;
    private volatile boolean closing;

    private ExportJobs(
            JobFolder folder, JobBook book, ExportSource source, ExportJobSettings settings, InstantSource time) {
        this.folder = folder;
        this.book = book;
        this.source = source;
        this.settings = settings;
        this.time = time;
    }

    /**
     * Opens what an earlier process left.
     *
     * @throws IOException when the directory cannot be read, or another process has it
     */
    public static ExportJobs open(ExportJobSettings settings, ExportSource source, InstantSource time)
            throws IOException {
        JobFolder folder = JobFolder.open(settings.directory());
        boolean opened = false;
        try {
            ExportJobs jobs =
                    new ExportJobs(folder, JobBook.of(settings, folder, folder.load()), source, settings, time);
            opened = true;
            return jobs;
        } finally {
            if (!opened) {
                folder.close();
            }
        }
    }

    /**
     * Takes an order; the same id and scope again is the same order.
     *
     * @throws TooManyExports when there is no room
     * @throws IllegalArgumentException when the scope names no organization, or the id stands for something else
     * @throws IOException when it could not be noted; nothing was taken
     */
    public ExportJob ask(UUID id, ExportScope scope) throws IOException {
        return book.take(new ExportJob(id, scope, time.instant(), null, null, new ExportJob.Waiting("")));
    }

    /** A job of an organization; empty also when it is another's. */
    public Optional<ExportJob> find(String organization, UUID id) {
        return book.find(organization, id);
    }

    /** The jobs of an organization, the oldest first. */
    public List<ExportJob> of(String organization) {
        return book.of(organization);
    }

    /** The file of a job that is ready; empty when it is not, or no longer. */
    public Optional<Path> file(String organization, UUID id) {
        return find(organization, id)
                .filter(job -> job.phase() instanceof ExportJob.Ready ready
                        && time.instant().isBefore(ready.expiresAt()))
                .map(job -> folder.zip(id));
    }

    /** Removes a job with its file; one that is being made ends soon. False when there is none. */
    public boolean remove(String organization, UUID id) throws IOException {
        return book.remove(organization, id);
    }

    /**
     * Removes what has expired and makes what waits, until there is nothing left to do; called again and again by one
     * thread.
     */
    public void step() {
        try {
            book.expire(time.instant());
            for (ExportJob job : book.waiting()) {
                if (closing) {
                    return;
                }
                make(job);
            }
        } catch (IOException | UncheckedIOException e) {
            LOG.warn("Exports are put off: {}", e.getMessage());
        }
    }

    private void make(ExportJob job) throws IOException {
        try (ExportSource.Opened opened = source.open()) {
            Long before = job.size();
            OptionalLong size = before == null ? newest(opened) : OptionalLong.of(before);
            if (size.isEmpty()) {
                later(job, "The log has no sealed checkpoint yet.");
                return;
            }
            Evidence known = job.evidence();
            Evidence evidence = known == null ? Exporter.evidence(opened.archive(), size.getAsLong()) : known;
            ExportJob begun = job.against(size.getAsLong(), evidence);
            if (book.put(begun.in(new ExportJob.Running(0, 0)))) {
                book.put(begun.in(export(opened, begun)));
            }
        } catch (Unwanted e) {
            LOG.info("Export {} is not wanted any more.", job.id());
        } catch (IOException | IllegalArgumentException e) {
            LOG.warn("Export {} could not be made: {}", job.id(), e.getMessage());
            later(job, "The archive could not be read, or there is no room for the file.");
        } catch (IllegalStateException e) {
            LOG.warn("Export {} was refused: {}", job.id(), e.getMessage());
            book.put(job.in(new ExportJob.Failed(String.valueOf(e.getMessage()), time.instant())));
        }
    }

    private ExportJob.Phase export(ExportSource.Opened opened, ExportJob job) throws IOException {
        Path file = folder.zip(job.id());
        ExportResult made = Exporter.export(
                opened.archive(),
                new ExportRequest(job.scope(), opened.key(), job.size(), job.evidence(), opened.signer()),
                file,
                (done, of) -> {
                    if (closing || !book.progress(job.in(new ExportJob.Running(done, of)))) {
                        throw new Unwanted();
                    }
                });
        return new ExportJob.Ready(
                made.from(),
                made.to(),
                made.events(),
                Files.size(file),
                made.manifestSha256(),
                made.sha256(),
                time.instant().plus(settings.keep()));
    }

    /** Left for the next step, or given up when it has waited long enough. */
    private void later(ExportJob job, String why) throws IOException {
        Instant now = time.instant();
        book.put(job.in(
                now.isAfter(job.askedAt().plus(PATIENCE))
                        ? new ExportJob.Failed(why + " It was tried for " + PATIENCE + "; ask again.", now)
                        : new ExportJob.Waiting(why)));
    }

    private static OptionalLong newest(ExportSource.Opened opened) throws IOException {
        List<String> sealed = opened.archive().children(CHECKPOINTS);
        if (sealed.isEmpty()) {
            return OptionalLong.empty();
        }
        byte[] note = opened.archive()
                .read(sealed.getLast())
                .orElseThrow(() -> new IOException("Expected " + sealed.getLast() + ", but it is missing."));
        return OptionalLong.of(Checkpoint.parse(SignedNote.parse(new String(note, StandardCharsets.UTF_8))
                        .text())
                .size());
    }

    /** What is being made stops at its next bundle, and is made by whoever opens the directory next. */
    public void stop() {
        closing = true;
    }

    /** Lets go of the directory, once no step is under way. */
    @Override
    public void close() {
        stop();
        folder.close();
    }
}
