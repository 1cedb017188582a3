package aether.archive.s3;

import aether.archive.log.Hash;
import aether.archive.store.ObjectKey;
import aether.archive.store.ObjectLock;
import aether.archive.store.ParallelCalls;
import aether.archive.store.TamperAlarm;
import aether.archive.store.WormStore;
import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import software.amazon.awssdk.core.ResponseBytes;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.ObjectLockMode;
import software.amazon.awssdk.services.s3.model.ObjectLockRetentionMode;
import software.amazon.awssdk.services.s3.model.ObjectVersion;

/**
 * The archive's locked objects in a bucket with Object Lock. Each is put with its own COMPLIANCE date and believed only
 * after it was read back. The oldest version is the object; another version with the same bytes is the trace of a
 * repeated put, one with other bytes is an alarm. No conditional request is relied on: stores differ there.
 */
public final class S3WormStore implements WormStore {

    /** Sixteen were as fast as a Ceph gateway on two cores went; a store is shared with others, so half of that. */
    static final int AT_A_TIME = 8;

    private static final String SHA256 = "sha256";

    private final S3Connection connection;
    private final String bucket;
    private final S3Versions versions;

    /** The store in the location's locked bucket, which must exist. */
    public S3WormStore(S3Connection connection, S3Location location) {
        this.connection = connection;
        this.bucket = location.bucket();
        this.versions = new S3Versions(connection, bucket);
    }

    @Override
    public void put(String key, byte[] bytes, Instant lockedUntil) throws IOException {
        ObjectKey.require(key);
        if (versions.of(key).isEmpty()) {
            upload(key, bytes, lockedUntil);
        }
        List<ObjectVersion> present = versions.of(key);
        if (present.isEmpty()) {
            throw new IOException("Expected " + key + " to be in " + bucket
                    + " after it was put, but the store said yes and did not keep it.");
        }
        for (ObjectVersion version : present) {
            requireSame(key, version.versionId(), bytes);
        }
    }

    /** Several at a time; when one fails, none is begun any more. */
    @Override
    public void putAll(SequencedMap<String, byte[]> objects, Instant lockedUntil) throws IOException {
        List<Map.Entry<String, byte[]>> all = List.copyOf(objects.sequencedEntrySet());
        try (ParallelCalls calls =
                new ParallelCalls(AT_A_TIME, Thread.ofVirtual().factory())) {
            calls.each(all, object -> put(object.getKey(), object.getValue(), lockedUntil));
        }
    }

    private void upload(String key, byte[] bytes, Instant lockedUntil) throws IOException {
        if (bytes.length == 0) { // Ceph 16 refuses it, and no object of an archive is empty
            throw new IllegalArgumentException("Expected " + key + " with at least one byte, but it is empty.");
        }
        // Whole seconds are what every store keeps; up, so that nothing is locked for less than was asked.
        Instant until = wholeSecond(lockedUntil);
        connection.ask(
                "keep " + key,
                s3 -> s3.putObject(
                        request -> request.bucket(bucket)
                                .key(key)
                                .contentMD5(S3Bytes.contentMd5(bytes))
                                .contentType("application/octet-stream")
                                .metadata(Map.of(SHA256, Hash.sha256(bytes).hex()))
                                .objectLockMode(ObjectLockMode.COMPLIANCE)
                                .objectLockRetainUntilDate(until),
                        RequestBody.fromBytes(bytes)));
    }

    private static Instant wholeSecond(Instant time) {
        Instant second = time.truncatedTo(ChronoUnit.SECONDS);
        return second.equals(time) ? second : second.plusSeconds(1);
    }

    private void requireSame(String key, String version, byte[] bytes) throws IOException {
        ResponseBytes<GetObjectResponse> read = read(key, version);
        byte[] present = read.asByteArrayUnsafe();
        if (!Arrays.equals(present, bytes)) {
            throw new TamperAlarm("Expected " + key + " to hold the " + bytes.length + " bytes with SHA-256 "
                    + Hash.sha256(bytes).hex() + ", but version " + version + " holds " + present.length
                    + " bytes with " + Hash.sha256(present).hex() + ".");
        }
        if (read.response().objectLockMode() != ObjectLockMode.COMPLIANCE) {
            throw new TamperAlarm("Expected " + key + " to be locked in COMPLIANCE mode, but version " + version
                    + " has "
                    + (read.response().objectLockModeAsString() == null
                            ? "no lock"
                            : "mode " + read.response().objectLockModeAsString())
                    + ": " + bucket + " does not keep what is written to it.");
        }
    }

    private ResponseBytes<GetObjectResponse> read(String key, String version) throws IOException {
        return connection.ask(
                "hand out " + key,
                s3 -> s3.getObjectAsBytes(
                        request -> request.bucket(bucket).key(key).versionId(version)));
    }

    @Override
    public Optional<byte[]> get(String key) throws IOException {
        List<ObjectVersion> present = versions.of(ObjectKey.require(key));
        return present.isEmpty()
                ? Optional.empty()
                : Optional.of(read(key, present.getFirst().versionId()).asByteArray());
    }

    @Override
    public boolean exists(String key) throws IOException {
        return !versions.of(ObjectKey.require(key)).isEmpty();
    }

    @Override
    public List<String> list(String prefix) throws IOException {
        return List.copyOf(versions.children(prefix));
    }

    @Override
    public Optional<ObjectLock> lock(String key) throws IOException {
        List<ObjectVersion> present = versions.of(ObjectKey.require(key));
        return present.isEmpty()
                ? Optional.empty()
                : lock(key, present.getFirst().versionId());
    }

    private Optional<ObjectLock> lock(String key, String version) throws IOException {
        HeadObjectResponse head = connection.ask(
                "tell about " + key,
                s3 -> s3.headObject(request -> request.bucket(bucket).key(key).versionId(version)));
        if (head.objectLockMode() == null || head.objectLockRetainUntilDate() == null) {
            return Optional.empty();
        }
        String sha256 = head.metadata().getOrDefault(SHA256, "");
        return Optional.of(new ObjectLock(head.objectLockModeAsString(), head.objectLockRetainUntilDate(), sha256));
    }

    @Override
    public void extendLock(String key, Instant until) throws IOException {
        List<ObjectVersion> present = versions.of(ObjectKey.require(key));
        for (ObjectVersion version : present) {
            extend(key, version.versionId(), until);
        }
        if (present.isEmpty()) {
            throw new TamperAlarm("Expected " + key + " to be locked, but it is not there.");
        }
    }

    private void extend(String key, String version, Instant until) throws IOException {
        ObjectLock lock = lock(key, version)
                .orElseThrow(() -> new TamperAlarm("Expected " + key + " to be locked, but it has no lock."));
        if (!until.isAfter(lock.until())) {
            return;
        }
        connection.ask(
                "lock " + key + " for longer",
                s3 -> s3.putObjectRetention(request -> request.bucket(bucket)
                        .key(key)
                        .versionId(version)
                        .retention(retention -> retention
                                .mode(ObjectLockRetentionMode.COMPLIANCE)
                                .retainUntilDate(wholeSecond(until)))));
        Instant now = lock(key, version).map(ObjectLock::until).orElse(Instant.MIN);
        if (now.isBefore(until)) {
            throw new IOException("Expected " + key + " to be locked until " + until
                    + ", but the store said yes and keeps it until " + now + ".");
        }
    }
}
