package aether.archive.jobs;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** All jobs by id, the oldest first; what it says is on the disk before it says it, but for progress. */
final class JobBook {

    /**
     * A job that is over is remembered for so long after, so that whoever comes too late reads why there is nothing.
     */
    static final Duration REMEMBERED = Duration.ofDays(30);

    private final ExportJobSettings settings;
    private final JobFolder folder;
    private final Map<UUID, ExportJob> jobs = new LinkedHashMap<>();

    private JobBook(ExportJobSettings settings, JobFolder folder) {
        this.settings = settings;
        this.folder = folder;
    }

    static JobBook of(ExportJobSettings settings, JobFolder folder, List<ExportJob> known) {
        JobBook book = new JobBook(settings, folder);
        known.stream()
                .sorted(Comparator.comparing(ExportJob::askedAt).thenComparing(ExportJob::id))
                .forEach(job -> book.jobs.put(job.id(), job));
        return book;
    }

    synchronized ExportJob take(ExportJob wanted) throws IOException {
        ExportJob known = jobs.get(wanted.id());
        if (known != null) {
            if (!known.scope().equals(wanted.scope())) {
                throw new IllegalArgumentException(
                        "Expected the id of a new export, but " + wanted.id() + " stands for another one.");
            }
            return known;
        }
        makeRoom(wanted.organization());
        folder.keep(wanted);
        jobs.put(wanted.id(), wanted);
        return wanted;
    }

    private void makeRoom(String organization) throws IOException {
        List<ExportJob> own = of(organization);
        if (own.size() < settings.perOrganization()) {
            if (jobs.size() >= settings.total()) {
                throw new TooManyExports("Expected at most " + settings.total()
                        + " exports of all organizations, but there are as many; try again when some have expired.");
            }
            return;
        }
        Optional<ExportJob> useless = own.stream()
                .filter(job -> job.phase().isOver() && !(job.phase() instanceof ExportJob.Ready))
                .findFirst();
        if (useless.isEmpty()) {
            throw new TooManyExports("Expected at most " + settings.perOrganization()
                    + " exports of an organization at once, but there are as many; delete one of them.");
        }
        discard(useless.get().id());
    }

    synchronized Optional<ExportJob> find(String organization, UUID id) {
        return Optional.ofNullable(jobs.get(id))
                .filter(job -> job.organization().equals(organization));
    }

    synchronized List<ExportJob> of(String organization) {
        return jobs.values().stream()
                .filter(job -> job.organization().equals(organization))
                .toList();
    }

    synchronized List<ExportJob> waiting() {
        return jobs.values().stream().filter(job -> !job.phase().isOver()).toList();
    }

    /** Changes a job; false when it was removed meanwhile, and then nothing of it is left. */
    synchronized boolean put(ExportJob job) throws IOException {
        if (!jobs.containsKey(job.id())) {
            folder.removeZip(job.id());
            return false;
        }
        folder.keep(job);
        jobs.put(job.id(), job);
        return true;
    }

    /** Notes progress, in memory only; false when the job was removed meanwhile. */
    synchronized boolean progress(ExportJob job) {
        return jobs.computeIfPresent(job.id(), (id, before) -> job) != null;
    }

    synchronized boolean remove(String organization, UUID id) throws IOException {
        if (find(organization, id).isEmpty()) {
            return false;
        }
        discard(id);
        return true;
    }

    /** Files whose time has come go, and later the memory of them. */
    synchronized void expire(Instant now) throws IOException {
        for (ExportJob job : List.copyOf(jobs.values())) {
            switch (job.phase()) {
                case ExportJob.Ready ready -> {
                    if (!now.isBefore(ready.expiresAt())) {
                        put(job.in(new ExportJob.Expired(now))); // first, or a note would promise a file that is gone
                        folder.removeZip(job.id());
                    }
                }
                case ExportJob.Failed failed -> forget(job.id(), failed.at(), now);
                case ExportJob.Expired expired -> forget(job.id(), expired.at(), now);
                case ExportJob.Waiting unused -> {}
                case ExportJob.Running unused -> {}
            }
        }
    }

    private void forget(UUID id, Instant over, Instant now) throws IOException {
        if (now.isAfter(over.plus(REMEMBERED))) {
            discard(id);
        }
    }

    private void discard(UUID id) throws IOException {
        folder.remove(id);
        jobs.remove(id);
    }
}
