package aether.archive.s3;

import aether.archive.store.Custody;
import aether.archive.store.ObjectKey;
import aether.archive.store.TamperAlarm;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.ObjectLockLegalHoldStatus;
import software.amazon.awssdk.services.s3.model.ObjectVersion;

/**
 * Custody of an archive in buckets. The store has its own clock and its own mind: what it still locks it does not
 * remove, whatever we believe.
 */
public final class S3Custody implements Custody {

    private final S3Connection connection;
    private final String bucket;
    private final S3Versions versions;
    private final S3LiveStore live;

    /** Custody of the archive in the location's buckets. */
    public S3Custody(S3Connection connection, S3Location location) {
        this.connection = connection;
        this.bucket = location.bucket();
        this.versions = new S3Versions(connection, bucket);
        this.live = new S3LiveStore(connection, location);
    }

    @Override
    public boolean isHeld(String key) throws IOException {
        for (ObjectVersion version : versions.of(ObjectKey.require(key))) {
            if (head(key, version).objectLockLegalHoldStatus() == ObjectLockLegalHoldStatus.ON) {
                return true;
            }
        }
        return false;
    }

    @Override
    public void hold(String key) throws IOException {
        set(key, ObjectLockLegalHoldStatus.ON);
        if (!isHeld(key)) {
            throw new IOException("Expected a legal hold on " + key
                    + ", but the store said yes and there is none: do not rely on it.");
        }
    }

    @Override
    public void lift(String key) throws IOException {
        set(key, ObjectLockLegalHoldStatus.OFF);
    }

    private void set(String key, ObjectLockLegalHoldStatus status) throws IOException {
        List<ObjectVersion> present = versions.of(ObjectKey.require(key));
        if (present.isEmpty()) {
            throw new TamperAlarm("Expected " + key + " to hold on to, but it is not there.");
        }
        for (ObjectVersion version : present) {
            connection.ask(
                    "put a legal hold on " + key,
                    s3 -> s3.putObjectLegalHold(request -> request.bucket(bucket)
                            .key(key)
                            .versionId(version.versionId())
                            .legalHold(hold -> hold.status(status))));
        }
    }

    @Override
    public void remove(String key, Instant now) throws IOException {
        for (ObjectVersion version : versions.of(ObjectKey.require(key))) {
            HeadObjectResponse head = head(key, version);
            if (head.objectLockLegalHoldStatus() == ObjectLockLegalHoldStatus.ON) {
                throw new StillKept("Expected to remove " + key + ", but a legal hold is on it.");
            }
            Instant until = head.objectLockRetainUntilDate();
            if (until != null && until.isAfter(now)) {
                throw new StillKept("Expected to remove " + key + ", but it is locked until " + until + ".");
            }
            connection.ask(
                    "remove " + key,
                    s3 -> s3.deleteObject(
                            request -> request.bucket(bucket).key(key).versionId(version.versionId())));
        }
        live.delete(key); // a partial one that the world still sees
    }

    private HeadObjectResponse head(String key, ObjectVersion version) throws IOException {
        return connection.ask(
                "tell about " + key,
                s3 -> s3.headObject(request -> request.bucket(bucket).key(key).versionId(version.versionId())));
    }
}
