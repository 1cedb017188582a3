package aether.archive.verify;

import aether.archive.log.Hash;
import aether.archive.log.TilePath;
import aether.archive.store.ObjectLock;
import aether.archive.store.TamperAlarm;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Pattern;

/** L4: is everything that may never change locked, read-only, and what the lock was made for? */
final class LockCheck {

    private static final Pattern KNOWN = Pattern.compile(
            "(seals/\\d{20}\\.json|checkpoints/\\d{20}|keys/\\d+\\.vkey|staged/(x\\d{3}/)*\\d{3}/\\d{20})");

    private final ArchiveReader archive;
    private final Findings findings;

    LockCheck(ArchiveReader archive, Findings findings) {
        this.archive = archive;
        this.findings = findings;
    }

    void check() throws IOException {
        archive.forEachKey(key -> {
            try {
                check(key);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        long orphans = archive.locksWithoutObject();
        if (orphans > 0) {
            findings.remark(orphans + " lock records have no object: the trace of a writer that died before it made "
                    + "the object, or of an object that was removed.");
        }
    }

    private void check(String key) throws IOException {
        if (key.equals("checkpoint")) {
            return;
        }
        Optional<TilePath> tile = tile(key);
        if (tile.isEmpty() && !KNOWN.matcher(key).matches()) {
            findings.wrong("Expected only objects of the archive, but " + key + " is none.");
            return;
        }
        Optional<ObjectLock> lock;
        try {
            lock = archive.lock(key);
        } catch (TamperAlarm e) {
            findings.wrong(String.valueOf(e.getMessage()));
            return;
        }
        if (lock.isEmpty()) {
            boolean live = tile.isPresent() && !tile.get().isFull();
            if (!live) {
                findings.wrong("Expected " + key + " to be locked, but it has no lock record.");
            }
            return;
        }
        checkLock(key, lock.get());
        if (!archive.isReadOnly(key)) {
            findings.wrong("Expected " + key + " to be read-only, but it can be written.");
        }
    }

    private void checkLock(String key, ObjectLock lock) throws IOException {
        if (!lock.mode().equals(ObjectLock.COMPLIANCE)) {
            findings.wrong(
                    "Expected " + key + " to be locked in COMPLIANCE mode, but its lock is " + lock.mode() + ".");
            return;
        }
        byte[] bytes = archive.read(key).orElseThrow();
        if (!HexFormat.of().formatHex(Hash.sha256(bytes).bytes()).equals(lock.sha256())) {
            findings.wrong("Expected " + key + " to hold the bytes it was locked with, but it holds others.");
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
