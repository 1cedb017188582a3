package aether.archive.verify;

import static aether.archive.verify.VerificationLevel.LOCKS;

import aether.archive.cosign.Cosignatures;
import aether.archive.keys.KeyChain;
import aether.archive.keys.Succession;
import aether.archive.log.Hash;
import aether.archive.log.TilePath;
import aether.archive.read.ArchiveReader;
import aether.archive.read.KeptFor;
import aether.archive.read.PrunedLog;
import aether.archive.store.ObjectLock;
import aether.archive.store.TamperAlarm;
import aether.archive.verify.VerificationRequest.Progress;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** L4: is everything that may never change locked, read-only, and what the lock was made for? */
final class LockCheck {

    private static final Pattern KNOWN = Pattern.compile(
            "(seals/\\d{20}\\.json|retention/\\d{4}\\.json|pruned/\\d{20}|checkpoints/\\d{20}|timestamps/\\d{20}\\.tsr|cosigned/\\d{20}\\.[0-9a-f]{8}|witnesses/[0-9a-f]{8}\\.vkey|keys/\\d+(\\.ml-dsa-44)?\\.vkey|keys/[1-9]\\d*\\.(statement|base)"
                    + "|staged/(x\\d{3}/)*\\d{3}/\\d{20})");

    /** So many keys are listed before their objects are looked at. */
    private static final int CHUNK = 1024;

    private final ArchiveReader archive;
    private final KeyChain keys;
    private final SealedCheckpoints sealed;
    private final Findings findings;

    LockCheck(ArchiveReader archive, KeyChain keys, SealedCheckpoints sealed, Findings findings) {
        this.archive = archive;
        this.keys = keys;
        this.sealed = sealed;
        this.findings = findings;
    }

    void check(InOrder workers, Progress progress) throws IOException {
        List<String> chunk = new ArrayList<>();
        long[] done = new long[1];
        archive.forEachKey(key -> {
            chunk.add(key);
            if (chunk.size() == CHUNK) {
                check(chunk, workers);
                progress.at(LOCKS, done[0] += CHUNK, 0);
            }
        });
        check(chunk, workers);
        checkFoundations();
        remarkOrphans();
    }

    /**
     * What the rest is judged by must be there for as long as the rest: what a signature is checked with, for how long
     * something had to be kept, and what was pruned.
     */
    private void checkFoundations() throws IOException {
        checkWitnesses();
        long[] sizes = sealed.sizes();
        if (sizes.length == 0) {
            return;
        }
        String newest = SealedCheckpoints.key(sizes[sizes.length - 1]);
        for (Succession next : keys.successions()) {
            requireAsLong(next.object(), newest);
        }
        for (String prefix : List.of(KeptFor.POLICIES, PrunedLog.PREFIX)) {
            for (String object : archive.children(prefix)) {
                requireAsLong(object, newest);
            }
        }
    }

    private void checkWitnesses() throws IOException {
        Map<String, String> newest = new TreeMap<>();
        for (String object : archive.children(Cosignatures.PREFIX)) {
            Cosignatures.name(object).ifPresent(name -> newest.put(name.key(), object));
        }
        for (Map.Entry<String, String> each : newest.entrySet()) {
            requireAsLong(each.getKey(), each.getValue());
        }
    }

    private void requireAsLong(String object, String signed) throws IOException {
        Optional<Instant> until = until(signed);
        Optional<Instant> kept = until(object);
        if (until.isPresent() && kept.isPresent() && kept.get().isBefore(until.get())) {
            findings.wrong(
                    LOCKS,
                    object,
                    "Expected " + object + " to be locked for as long as " + signed + ", until " + until.get()
                            + ", but it is locked until " + kept.get() + ".");
        }
    }

    private Optional<Instant> until(String object) throws IOException {
        try {
            return archive.lock(object).map(ObjectLock::until);
        } catch (TamperAlarm e) {
            return Optional.empty(); // told where all locks are looked at
        }
    }

    private void remarkOrphans() throws IOException {
        long orphans;
        try {
            orphans = archive.locksWithoutObject();
        } catch (TamperAlarm e) {
            findings.wrong(LOCKS, "lock records", String.valueOf(e.getMessage()));
            return;
        }
        if (orphans > 0) {
            findings.remark(orphans + " lock records have no object: the trace of a writer that died before it made "
                    + "the object, or of an object that was removed.");
        }
    }

    private void check(List<String> keys, InOrder workers) {
        try {
            workers.each(keys.iterator(), this::check, found -> {
                findings.addAll(found);
                return true;
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        keys.clear();
    }

    private Findings check(String key) throws IOException {
        Findings found = new Findings();
        if (key.equals("checkpoint")) {
            return found;
        }
        Optional<TilePath> tile = tile(key);
        if (tile.isEmpty() && !KNOWN.matcher(key).matches()) {
            found.wrong(LOCKS, key, "Expected only objects of the archive, but " + key + " is none.");
            return found;
        }
        Optional<ObjectLock> lock;
        try {
            lock = archive.lock(key);
        } catch (TamperAlarm e) {
            found.wrong(LOCKS, key, String.valueOf(e.getMessage()));
            return found;
        }
        if (lock.isEmpty()) {
            boolean live = tile.isPresent() && !tile.get().isFull();
            if (!live) {
                found.wrong(LOCKS, key, "Expected " + key + " to be locked, but it has no lock record.");
            }
            return found;
        }
        checkLock(key, lock.get(), found);
        if (!archive.isReadOnly(key)) {
            found.wrong(LOCKS, key, "Expected " + key + " to be read-only, but it can be written.");
        }
        return found;
    }

    private void checkLock(String key, ObjectLock lock, Findings found) throws IOException {
        if (!lock.mode().equals(ObjectLock.COMPLIANCE)) {
            found.wrong(
                    LOCKS,
                    key,
                    "Expected " + key + " to be locked in COMPLIANCE mode, but its lock is " + lock.mode() + ".");
            return;
        }
        Optional<byte[]> bytes = archive.read(key);
        if (bytes.isPresent() && !Hash.sha256(bytes.get()).hex().equals(lock.sha256())) {
            found.wrong(LOCKS, key, "Expected " + key + " to hold the bytes it was locked with, but it holds others.");
        }
    }

    private static Optional<TilePath> tile(String key) {
        try {
            return TilePath.parse(key);
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
